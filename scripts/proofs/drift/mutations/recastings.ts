import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { envelope, everywhere, header, maker, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';

const body = expectation('breaking', BODY);
const status = expectation('breaking', STATUS);
const made = maker('recast');

const DAY_MS = 86_400_000;
/** As the reference server names its keys. */
const READ_KEY = /_read_/;
/** Days from 1899-12-30, as spreadsheets count them, to 1970-01-01. */
const SERIAL_OF_EPOCH = 25_569;

/** What another framework, store or gateway makes of the same answers. Written before any was run. */
export const RECASTINGS: readonly Mutation[] = [
  made(
    'turn-patch',
    'the events of a turn as operations of a patch',
    body,
    good('turn', (all: Json[]) => all.map((value) => ({ op: 'add', path: '/events/-', value }))),
  ),
  made(
    'created-serial',
    'createdAt of events as the serial day of a spreadsheet',
    body,
    everywhere((one) => Object.assign(one, { createdAt: Number(one.createdAt) / DAY_MS + SERIAL_OF_EPOCH })),
  ),
  made(
    'get-normalised',
    'Get shows the ids of events, and the events beside',
    body,
    good('get', (one: Json) => ({
      ...one,
      events: list(one.events).map(({ id }) => id),
      included: Object.fromEntries(list(one.events).map((event) => [event.id, event])),
    })),
  ),
  made(
    'agents-teams',
    'agents by the team that they belong to',
    body,
    good('agents', (agents: Json[]) => [{ team: 'Default', agents }]),
  ),
  made(
    'message-bytes',
    'messages as buffers of bytes',
    body,
    everywhere((one) => {
      if (typeof one.message === 'string') one.message = { type: 'Buffer', data: [...Buffer.from(one.message)] };
    }),
  ),
  made(
    'article-ranked',
    'articles as pairs of an article and its rank',
    body,
    everywhere((one) =>
      Object.assign(one, { usedArticles: list(one.usedArticles).map((article, rank) => [article, rank]) }),
    ),
  ),
  made('removal-job', 'a removal is answered by the job that does it', body, (response, { operation }) => {
    if (operation === 'delete' && response.status === 200)
      response.body = { jobId: '7c1e5d2a-3b4f-4a6c-9d8e-0f1a2b3c4d5e', state: 'queued' };
  }),
  made('errors-grpc', 'errors as gRPC writes them', body, (response) => {
    if (response.status < 400 || !isJson(response.body)) return;
    response.body = { code: response.status === 401 ? 16 : 13, message: response.body.message, details: [] };
  }),
  made(
    'type-note',
    'events of other roles than user and finibot are of type note',
    body,
    everywhere((one) => (one.role === 'agent' || one.role === 'otherbot') && Object.assign(one, { type: 'note' })),
  ),
  made(
    'attributes-null',
    'userAttributes is null where there are none',
    body,
    onShown(
      (one) =>
        isJson(one.userAttributes) &&
        Object.keys(one.userAttributes).length === 0 &&
        Object.assign(one, { userAttributes: null }),
    ),
  ),
  made(
    'read-key-agents',
    'a key of scope read alone may not list agents',
    status,
    (response, { operation, authorization }) => {
      if (operation === 'agents' && response.status === 200 && READ_KEY.test(authorization))
        Object.assign(response, { status: 403, body: envelope(403) });
    },
  ),
  made('removal-428', '428 for a removal that names no version', status, (response, { operation }) => {
    if (operation === 'delete' && response.status === 200)
      Object.assign(response, { status: 428, body: envelope(428) });
  }),
  made('start-201', '201 for a turn that begins a conversation', status, (response, { operation, body: sent }) => {
    if (operation === 'turn' && response.status === 200 && isJson(sent) && !('interactionId' in sent))
      response.status = 201;
  }),
  made(
    'first-503',
    '503 for the first three turns, and then no more',
    expectation('statistical', /availability/),
    (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count <= 3) Object.assign(response, { status: 503, body: envelope(503) });
    },
  ),
  made(
    'event-sequence',
    'events are numbered within their conversation',
    expectation('additive', BODY),
    everywhere((one) => Object.assign(one, { sequence: one.role === 'user' ? 1 : 2 })),
  ),
  made(
    'region',
    'a header names the region',
    expectation('additive', HEADER),
    header('any', 'x-fini-region', 'eu-central-1'),
  ),
];
