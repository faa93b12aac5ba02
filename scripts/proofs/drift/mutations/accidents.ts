import { BODY, expectation, STATUS } from '../expectations.ts';
import { type Change, envelope, everywhere, maker, onConversation, onListed } from './changes.ts';
import { isJson, type Json, list, type Mutation, type ProxyResponse, refused } from './mutation.ts';

const status = expectation('breaking', STATUS);
const behaviour = (template: RegExp) => expectation('behavioural', template);
const made = maker('accident');

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const refuse = (response: ProxyResponse, code: number): void =>
  void Object.assign(response, { status: code, body: envelope(code) });

/** Of single conversations. */
const idIn = (path: string): string => path.split('/').at(-2) ?? '';

/** Another status for a turn into a conversation that was removed, or for reading it. */
const onRemoved =
  (operation: 'turn' | 'get', code: number): Change =>
  (response, request, memory) => {
    if (request.operation === 'delete' && response.status === 200) memory.set(idIn(request.path), true);
    const id = isJson(request.body) ? String(request.body.interactionId) : idIn(request.path);
    if (request.operation === operation && response.status === 500 && memory.has(id)) refuse(response, code);
  };

/** Some user turns, by their number. */
const onUserTurn =
  (code: number, isIt: (count: number) => boolean): Change =>
  (response, { operation, body }, memory) => {
    if (operation !== 'turn' || response.status !== 200 || !isJson(body) || (body.role ?? 'user') !== 'user') return;
    const count = Number(memory.get('turns') ?? 0) + 1;
    memory.set('turns', count);
    if (isIt(count)) refuse(response, code);
  };

/** Events of some turns, wherever they are shown. */
const ofTurns =
  (isIt: (body: Json) => boolean, change: (event: Json) => unknown): Change =>
  (response, request, memory) => {
    if (request.operation === 'turn' && response.status === 200 && isJson(request.body) && isIt(request.body))
      for (const { id } of list(response.body)) memory.set(String(id), true);
    everywhere((one) => memory.has(String(one.id)) && change(one))(response, request, memory);
  };

/** What goes wrong between requests: statuses, removals and times. Written before any was run. */
export const ACCIDENTS: readonly Mutation[] = [
  made(
    'window-500',
    '500 for a window that makes no sense',
    status,
    refused(400, (response, { operation, query }) => {
      if (operation === 'list' && query.has('until')) refuse(response, 500);
    }),
  ),
  made(
    'bulk-twice',
    'the same conversation may be removed twice in one request',
    status,
    refused(400, (response, { operation, body }) => {
      if (operation === 'delete' && isJson(body) && Array.isArray(body.ids) && body.ids.length === 2)
        Object.assign(response, { status: 200, body: { success: true } });
    }),
  ),
  made(
    'bulk-unknown-500',
    '500 where one of many cannot be removed',
    status,
    refused(406, (response) => refuse(response, 500)),
  ),
  made(
    'get-unknown-400',
    '400 for a conversation that is not known',
    status,
    refused(500, (response, { operation }) => void (operation === 'get' && refuse(response, 400))),
  ),
  made(
    'turn-unknown-403',
    '403 for a turn into a conversation that is not known',
    status,
    refused(500, (response, { operation, body }) => {
      if (operation === 'turn' && isJson(body) && 'interactionId' in body) refuse(response, 403);
    }),
  ),
  made(
    'scheme-403',
    '403 for another scheme than Bearer',
    status,
    refused(401, (response, { authorization }) => {
      if (authorization !== '' && !/^bearer /i.test(authorization)) refuse(response, 403);
    }),
  ),
  made(
    'no-key-500',
    '500 without a key',
    status,
    refused(401, (response, { authorization }) => void (authorization === '' && refuse(response, 500))),
  ),
  made('delete-unknown-404', '404 for the removal of what is not there', status, (response, request, memory) => {
    const { operation, path, authorization } = request;
    if (operation === 'list' && response.status === 200 && isJson(response.body))
      for (const { id } of list(response.body.interactions)) memory.set(`${authorization} ${id}`, true);
    if (operation !== 'delete' || response.status !== 200 || request.body !== undefined) return;
    if (!memory.delete(`${authorization} ${idIn(path)}`)) refuse(response, 404);
  }),
  made(
    'same-body-empty',
    'the same body again is answered with no events',
    expectation('breaking', BODY),
    (response, { operation, body }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const key = JSON.stringify(body);
      if (memory.has(key)) response.body = [];
      memory.set(key, true);
    },
  ),
  made(
    'notes-ahead',
    'notes are dated by a clock that is seven minutes ahead',
    behaviour(/\/createdAt$/),
    ofTurns(
      ({ role }) => role === 'agent',
      (one) => Object.assign(one, { createdAt: Number(one.createdAt) + 420_000 }),
    ),
  ),
  made(
    'list-began-tomorrow',
    'listed conversations begin tomorrow',
    behaviour(/^#\/listing/),
    onListed(({ createdAt }) => ({ createdAt: Number(createdAt) + DAY_MS })),
  ),
  made(
    'get-began-earlier',
    'Get shows that conversations began an hour earlier than listings do',
    behaviour(/^#\/(readback|listing)/),
    onConversation((body) => Object.assign(body, { createdAt: Number(body.createdAt) - HOUR_MS })),
  ),
  made(
    'continued-earlier',
    'further turns are dated before the first one',
    behaviour(/\/createdAt$/),
    ofTurns(
      (body) => 'interactionId' in body,
      (one) => Object.assign(one, { createdAt: Number(one.createdAt) - 20_000 }),
    ),
  ),
  made('removed-turn-400', '400 for a turn into a removed conversation', status, onRemoved('turn', 400)),
  made('removed-get-403', '403 for a removed conversation', status, onRemoved('get', 403)),
  made(
    'turn-408',
    '408 for every fourth user turn',
    status,
    onUserTurn(408, (count) => count % 4 === 0),
  ),
  made(
    'turn-402',
    '402 from the sixth user turn on',
    status,
    onUserTurn(402, (count) => count > 5),
  ),
];
