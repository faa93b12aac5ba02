import { CONVERSATIONS_PATH } from '../../../../contracts/paths.ts';
import { expectation, STATUS } from '../expectations.ts';
import { asked, type Change, envelope, maker, withQuery } from './changes.ts';
import { isJson, type Mutation, type ProxyRequest, type ProxyResponse } from './mutation.ts';

const status = expectation('breaking', STATUS);
const granted = expectation('critical', STATUS);
const listing = expectation('behavioural', /^#\/listing/);
const made = maker('bound');
const nothing: Change = () => undefined;

const MONTH_MS = 30 * 86_400_000;
const FEW_IDS = 20;

const spanOf = ({ query }: ProxyRequest): number => Number(query.get('until')) - Number(query.get('since'));
const isBulk = ({ operation, path }: ProxyRequest): boolean => operation === 'delete' && path === CONVERSATIONS_PATH;
const countIn = ({ body }: ProxyRequest): number => (isJson(body) && Array.isArray(body.ids) ? body.ids.length : 0);
const refused = (response: ProxyResponse): void => void Object.assign(response, { status: 400, body: envelope(400) });
const queried =
  (isMeant: (request: ProxyRequest) => boolean, change: (query: URLSearchParams) => void) =>
  (request: ProxyRequest) => {
    if (request.operation !== 'list' || !isMeant(request)) return undefined;
    return withQuery(request, change);
  };
/** Whoever asks is let in as the one who was let in first. */
const letIn = (id: string, title: string, isMeant: (request: ProxyRequest) => boolean): Mutation =>
  asked(
    made(id, title, granted, ({ status: code }, { authorization }, memory) => {
      if (code === 200 && !memory.has('known')) memory.set('known', authorization);
    }),
    (request, memory) => {
      const known = memory.get('known');
      return typeof known === 'string' && isMeant(request) ? { authorization: known } : undefined;
    },
  );

/** What is just within the bounds, and just outside of them. */
export const BOUNDS: readonly Mutation[] = [
  made('window-month', 'a window of more than thirty days is refused', status, (response, request) => {
    const { operation, query } = request;
    if (operation === 'list' && query.has('until') && query.has('since') && spanOf(request) > MONTH_MS)
      refused(response);
  }),
  asked(
    made('window-empty', 'a window of no time is an empty page', status, nothing),
    queried(
      (request) => request.query.has('until') && request.query.has('since') && spanOf(request) === 0,
      (query) => query.set('since', String(Number(query.get('since')) - 1)),
    ),
  ),
  made('bulk-few', 'twenty conversations at most are removed at once', status, (response, request) => {
    if (isBulk(request) && countIn(request) > FEW_IDS) refused(response);
  }),
  asked(
    made('channel-none', 'a channel finds nothing', listing, nothing),
    queried(
      ({ query }) => query.has('channel'),
      (query) => query.set('channel', 'none'),
    ),
  ),
  asked(
    made('channel-any', 'a channel that there is finds all', listing, nothing),
    queried(
      ({ query }) => query.get('channel') === 'chat',
      (query) => query.delete('channel'),
    ),
  ),
  letIn(
    'removal-no-key',
    'a conversation is removed without a key',
    (request) => request.operation === 'delete' && !isBulk(request) && request.authorization === '',
  ),
  letIn(
    'bulk-no-key',
    'conversations are removed without a key',
    (request) => isBulk(request) && request.authorization === '',
  ),
  letIn(
    'bulk-read-key',
    'a key of scope read removes many',
    (request) => isBulk(request) && request.authorization.includes('fini_reference_read_'),
  ),
];
