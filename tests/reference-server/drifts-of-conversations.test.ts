import { afterAll, afterEach, beforeAll, describe, it, vi } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { call, conversationPath, events, type Reply, turn } from './client.ts';
import { type DriftRow, eventAt, expectDrift, goOn, type Look, listing, pageOf, REPLY, readBack } from './drifting.ts';
import { stopAt } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
afterEach(() => {
  vi.useRealTimers();
});

const idsOf = (answers: readonly Reply[]): string[] => answers.flatMap((answer) => events(answer).map(({ id }) => id));
/** Largest step between the last 12 hex digits of ids, one after the other. */
const largestStep = (ids: readonly string[]): number => {
  const numbers = ids.map((id) => Number.parseInt(id.slice(-12), 16));
  return Math.max(...numbers.slice(1).map((number, index) => Math.abs(number - (numbers[index] ?? 0))));
};
const areUuids = (ids: readonly string[]): boolean =>
  new Set(ids).size === ids.length &&
  ids.every((id) => /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id));
const someIds = async (): Promise<string[]> => idsOf([await turn(server), await turn(server), await turn(server)]);
/** Epoch ms of a UUID of version 1, were it counted from 1970. */
const timeOf = (id: string): number =>
  Number(BigInt(`0x${id.slice(15, 18)}${id.slice(9, 13)}${id.slice(0, 8)}`) / 10_000n);

const IDENTITY: readonly DriftRow[] = [
  ['id-counter', async () => largestStep(await someIds()) === 1, false, true],
  ['id-steps', async () => largestStep(await someIds()) <= 16, false, true],
  [
    'id-time',
    async () => events(await turn(server)).every(({ id, createdAt }) => timeOf(id) === createdAt),
    false,
    true,
  ],
  ...['id-counter', 'id-steps', 'id-time'].map(
    (id): DriftRow => [id, async () => areUuids(await someIds()), true, true],
  ),
  [
    'conversation-id-counter',
    async (where) => {
      await turn(server);
      await turn(server);
      return largestStep((await pageOf(where, 'limit=2')).interactions.map(({ id }) => id)) === 1;
    },
    false,
    true,
  ],
];

const recalls =
  (...between: string[]): Look =>
  async (where) => {
    for (const content of ['My reference is K7Q-4821, please keep it.', ...between]) await goOn(where, content);
    return eventAt(await goOn(where, 'What was my reference number?'), REPLY).message.includes('K7Q-4821');
  };

const CONTEXT: readonly DriftRow[] = [
  ['context-lost', recalls(), true, false],
  ['context-lost', recalls('And do you ship abroad?'), true, false],
  ['context-short', recalls(), true, true],
  ['context-short', recalls('And do you ship abroad?'), true, false],
  [
    'answer-to-previous',
    async (where) => {
      await goOn(where, 'I forgot my password');
      const answer = eventAt(await goOn(where, 'Where are my invoices?'), REPLY);
      return answer.usedArticles.map(({ title }) => title);
    },
    ['Find your invoices', 'Payment methods'],
    ['Reset your password'],
  ],
];

const again =
  (ask: () => Promise<Reply>, change: () => Promise<unknown> = async () => undefined): Look =>
  async () => {
    const first = await ask();
    await change();
    const { text, headers } = await ask();
    return { same: text === first.text, hit: headers['x-cache'], aged: Number(headers.age) >= 0 };
  };
const FRESH = { same: false, hit: undefined, aged: false };
const CACHED = { same: true, hit: 'HIT', aged: true };

const CACHING: readonly DriftRow[] = [
  ['turns-cached', again(() => turn(server)), FRESH, CACHED],
  [
    'turns-cached',
    async (where) => {
      const before = (await pageOf(where)).interactions.length;
      await turn(server);
      await turn(server);
      return (await pageOf(where)).interactions.length - before;
    },
    2,
    1,
  ],
  [
    'reads-cached',
    async (where) =>
      again(
        () => listing(where),
        () => turn(server),
      )(where),
    FRESH,
    CACHED,
  ],
  [
    'reads-cached',
    async (where) => {
      const path = conversationPath(where.interactionId);
      return again(
        () => call(server, { method: 'GET', path }),
        () => goOn(where, 'More'),
      )(where);
    },
    FRESH,
    CACHED,
  ],
];

const LIFECYCLE: readonly DriftRow[] = [
  [
    'start-resumed',
    async (where) => {
      await turn(server, 'Hi', { metadata: { user_attributes: { email: 'somebody.else@example.com' } } });
      return { grown: (await readBack(where)).length - 2, began: server.turns().at(-1)?.created };
    },
    { grown: 0, began: true },
    { grown: 2, began: false },
  ],
  ['deleted-continued', async (where) => (await stopAt('deletedConversation', where)).status, 500, 200],
  [
    'deleted-continued',
    async (where) => {
      await stopAt('deletedConversation', where);
      return (await pageOf(where)).interactions.some(({ id }) => id === where.deletedId);
    },
    false,
    false,
  ],
  [
    'event-vanishes',
    async (where) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
      return (await readBack(where)).map(({ role }) => role);
    },
    ['user', 'finibot'],
    ['user'],
  ],
  ['event-vanishes', async (where) => (await readBack(where)).length, 2, 2],
  ['visible-late', async (where) => (await readBack(where)).length, 2, 0],
  [
    'visible-late',
    async (where) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_500 });
      return (await readBack(where)).length;
    },
    2,
    2,
  ],
];

describe.each([
  ['ids', IDENTITY],
  ['what was said before', CONTEXT],
  ['caches', CACHING],
  ['where conversations begin and what is kept', LIFECYCLE],
])('%s', (_, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s shows, and is not there without it', async (_id, row) => {
    await expectDrift(server, row);
  });
});
