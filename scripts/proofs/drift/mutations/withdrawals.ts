import { randomUUID } from 'node:crypto';
import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation, STATUS } from '../expectations.ts';
import { asked, type Change, envelope, maker } from './changes.ts';
import { isJson, type Json, type Mutation, type ProxyRequest, refused } from './mutation.ts';
import { idIn, isOwn, noteOwners } from './owners.ts';

const status = expectation('breaking', STATUS);
const made = maker('withdrawal');

const refusing =
  (code: number, isMeant: (request: ProxyRequest) => boolean): Change =>
  (response, request) => {
    if (response.status === 200 && isMeant(request)) Object.assign(response, { status: code, body: envelope(code) });
  };
const isBulk = ({ operation, path }: ProxyRequest): boolean => operation === 'delete' && path === CONVERSATIONS_PATH;

/** Another version of the API in what it accepts. A request that it refuses stores nothing. Written before any was run. */
export const WITHDRAWALS: readonly Mutation[] = [
  asked(
    made('bulk-405', 'conversations are removed one by one only', status, (response, request) => {
      if (isBulk(request) && response.status === 400) Object.assign(response, { status: 405, body: envelope(405) });
    }),
    (request) => (isBulk(request) ? { body: { ids: [] } } : undefined),
  ),
  made(
    'window-iso',
    'since and until are refused in milliseconds',
    status,
    refusing(400, ({ operation, query }) => operation === 'list' && (query.has('since') || query.has('until'))),
  ),
  made(
    'filter-single',
    'source and channel take one value',
    status,
    refusing(
      400,
      ({ operation, query }) => operation === 'list' && /,/.test(`${query.get('source')}${query.get('channel')}`),
    ),
  ),
  made(
    'direction-400',
    'direction previous is refused',
    status,
    refusing(400, ({ operation, query }) => operation === 'list' && query.get('direction') === 'previous'),
  ),
  asked(
    made(
      'removal-409',
      '409 for the removal of a conversation, which has to be closed before',
      status,
      (response, request, memory) => {
        noteOwners(response, request, memory);
        if (response.status === 200 && isOwnRemoval(request, memory))
          Object.assign(response, { status: 409, body: envelope(409) });
      },
    ),
    (request, memory) =>
      isOwnRemoval(request, memory) ? { path: request.path.replace(idIn(request), randomUUID()) } : undefined,
  ),
  asked(
    made('turn-gone', '410 for turns: their route is no more', status, (response, { operation }) => {
      if (operation === 'turn' && response.status === 400)
        Object.assign(response, { status: 410, body: envelope(410) });
    }),
    ({ operation }) => (operation === 'turn' ? { body: {} } : undefined),
  ),
  asked(
    made(
      'finibot-403',
      '403 for events that pretend to be the AI’s',
      status,
      refused(400, (response, { body: sent }) => {
        if (isFiniBot(sent)) Object.assign(response, { status: 403, body: envelope(403) });
      }),
    ),
    ({ operation, body: sent }) =>
      operation === 'turn' && isFiniBot(sent) ? { body: { ...sent, content: 1 } } : undefined,
  ),
];

function isOwnRemoval(request: ProxyRequest, memory: ReadonlyMap<string, unknown>): boolean {
  return request.operation === 'delete' && !isBulk(request) && isOwn(idIn(request), request, memory);
}

function isFiniBot(sent: unknown): sent is Json {
  return isJson(sent) && sent.role === 'finibot' && typeof sent.content === 'string';
}
