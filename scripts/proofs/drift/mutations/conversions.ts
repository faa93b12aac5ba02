import { BODY, expectation, HEADER, STATUS } from '../expectations.ts';
import { maker, onArticles, onListed, written } from './changes.ts';
import { events, good, isJson, type Json, list, type Mutation, type ProxyResponse } from './mutation.ts';

const breaking = expectation('breaking', BODY);
const breakingStatus = expectation('breaking', STATUS);
const readback = expectation('behavioural', /^#\/readback/);
const made = maker('convert');

const itemsIn = (text: string): Json[] => list(JSON.parse(text));

/** What a gateway, a migration of the store or another client library makes of answers. Written before any was run. */
export const CONVERSIONS: readonly Mutation[] = [
  made(
    'turn-ulid',
    'ids of events are ULIDs',
    breaking,
    events('turn', (event) => {
      event.id = `01J${String(event.id).replaceAll('-', '').toUpperCase().slice(0, 23)}`;
    }),
  ),
  made(
    'turn-time-fraction',
    'createdAt with a fraction of a millisecond',
    breaking,
    events('turn', (event) => {
      event.createdAt = Number(event.createdAt) + 0.5;
    }),
  ),
  made(
    'turn-time-micro',
    'createdAt in microseconds',
    breaking,
    events('turn', (event) => {
      event.createdAt = Number(event.createdAt) * 1_000;
    }),
  ),
  made(
    'get-307',
    'a conversation has moved for a while',
    breakingStatus,
    (response: ProxyResponse, { operation, path }) => {
      if (operation !== 'get' || response.status !== 200) return;
      Object.assign(response, {
        status: 307,
        body: undefined,
        headers: { ...response.headers, location: `${path}/v3` },
      });
    },
  ),
  made(
    'get-304',
    '304 for the second look at a conversation',
    breakingStatus,
    (response, { operation, path }, memory) => {
      if (operation !== 'get' || response.status !== 200) return;
      if (memory.has(path)) Object.assign(response, { status: 304, body: undefined });
      memory.set(path, true);
    },
  ),
  made(
    'turn-wrapped-events',
    'events in {events: ...}',
    breaking,
    good('turn', (body: Json[]) => ({ events: body })),
  ),
  made(
    'turn-nested',
    'the array in an array',
    breaking,
    good('turn', (body: Json[]) => [body]),
  ),
  made(
    'turn-null-item',
    'null after the events',
    breaking,
    good('turn', (body: Json[]) => [...body, null]),
  ),
  made(
    'turn-article-number',
    'ids of articles as numbers',
    breaking,
    onArticles((one) => Object.assign(one, { id: 4711 })),
  ),
  made(
    'turn-ndjson',
    'events as lines',
    expectation('breaking', HEADER),
    written(
      'turn',
      (text) =>
        itemsIn(text)
          .map((one) => JSON.stringify(one))
          .join('\n'),
      'application/x-ndjson',
    ),
  ),
  made(
    'turn-sse',
    'events as a stream of server-sent events',
    expectation('breaking', HEADER),
    written(
      'turn',
      (text) =>
        itemsIn(text)
          .map((one) => `data: ${JSON.stringify(one)}\n\n`)
          .join(''),
      'text/event-stream',
    ),
  ),
  made(
    'get-stale',
    'Get shows a conversation without its last event',
    readback,
    good('get', (body: Json) => ({ ...body, events: list(body.events).slice(0, -1) })),
  ),
  made(
    'get-other-source',
    'Get shows source widget',
    readback,
    good('get', (body: Json) => ({ ...body, source: 'widget' })),
  ),
  made(
    'get-redated',
    'a conversation is dated anew at each look',
    readback,
    good('get', (body: Json) => ({
      ...body,
      createdAt: typeof body.createdAt === 'string' ? new Date().toISOString() : Date.now(),
    })),
  ),
  made(
    'list-cursor-null-text',
    'nextCursor is "null" on the last page',
    expectation('behavioural', /^#\/(listing|responses)/),
    good('list', (body: Json) => (body.nextCursor === null ? { ...body, nextCursor: 'null' } : body)),
  ),
  made(
    'get-another',
    'Get shows the conversation that was asked for before',
    expectation('critical', /^#\/readback/),
    (response, { operation }, memory) => {
      if (operation !== 'get' || response.status !== 200) return;
      const before = memory.get('before');
      memory.set('before', response.body);
      if (isJson(before)) response.body = before;
    },
  ),
  made('delete-success-text', 'success as a text', breaking, (response, { operation }) => {
    if (operation === 'delete' && isJson(response.body) && 'success' in response.body)
      response.body = { ...response.body, success: 'true' };
  }),
  made(
    'bulk-false',
    'the removal of many says that it failed',
    expectation('breaking', /^#\/(removal|responses)/),
    (response, { operation, path }) => {
      if (operation === 'delete' && path.endsWith('/hc-interactions/public') && response.status === 200)
        response.body = { success: false };
    },
  ),
  made(
    'agents-none',
    'no agents',
    expectation('behavioural', /^#\/(agents|responses)/),
    good('agents', () => []),
  ),
  made(
    'list-times-text',
    'createdAt of conversations as digits in the listing',
    expectation('behavioural', BODY),
    onListed((one) => ({ createdAt: String(one.createdAt) })),
  ),
];
