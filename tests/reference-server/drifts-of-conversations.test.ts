import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { call, conversationPath, events, newest, type Reply, turn } from './client.ts';
import { type DriftRow, eventAt, expectDrift, goOn, type Look, listing, pageOf, REPLY, readBack } from './drifting.ts';
import { stopAt, visit } from './tour.ts';

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

const statusOf =
  (query: string): Look =>
  async (where) =>
    (await listing(where, query)).status;
const countOf =
  (query: string, prepared = 0): Look =>
  async (where) => {
    for (let count = 0; count < prepared; count++) await turn(server, 'A note', { role: 'agent' });
    return (await pageOf(where, query)).interactions.length;
  };
/** A page, and the one that its prevCursor leads to from the next page; of four conversations. */
const back =
  (limit: number): Look =>
  async (where) => {
    for (let count = 0; count < 2; count++) await turn(server, 'A note', { role: 'agent' });
    const first = await pageOf(where, `limit=${limit}`);
    const second = await pageOf(where, `limit=${limit}&cursor=${first.nextCursor}`);
    const third = await pageOf(where, `limit=${limit}&direction=previous&cursor=${second.prevCursor}`);
    const ids = first.interactions.map(({ id }) => id);
    return third.interactions.map(({ id }) => ids.indexOf(id));
  };

const PAGING: readonly DriftRow[] = [
  ['cursor-invalid-accepted', statusOf('cursor=x'), 400, 200],
  ['previous-ignored', back(2), [0, 1], [-1]],
  ['previous-gap', back(2), [0, 1], [0]],
  ['limit-zero-accepted', statusOf('limit=0'), 400, 200],
  ['limit-zero-accepted', statusOf('limit=-1'), 400, 400],
  ['limit-above-accepted', statusOf('limit=101'), 400, 200],
  ['limit-100-refused', statusOf('limit=100'), 200, 400],
  ['limit-100-refused', statusOf('limit=99'), 200, 200],
  ['limit-100-halved', countOf('limit=100', 60), 62, 50],
  ['list-names-ignored', countOf('source=widget,replay'), 0, 2],
  ['list-names-ignored', countOf('source=widget'), 0, 0],
  ['list-names-whole', countOf('source=widget,api'), 2, 0],
  ['list-names-whole', countOf('channel=chat,api'), 2, 0],
  ['list-names-first', countOf('source=widget&source=api'), 2, 0],
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
  ['pages', PAGING],
  ['where conversations begin and what is kept', LIFECYCLE],
])('%s', (_, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s shows, and is not there without it', async (_id, row) => {
    await expectDrift(server, row);
  });
});

describe('a faithful server remembers what the customer gave', () => {
  const CONTENT: readonly (readonly [said: string, asked: string, recalled: string | undefined])[] = [
    ['My order number is 48213.', 'Can you repeat my order number?', '48213'],
    ['It is ABC-99812-x [ref:k3v9q2-1c-4-07h2]', 'Which code did I give you? [ref:k3v9q2-1c-5-17h2]', 'ABC-99812-x'],
    ['Hello there', 'What is my number?', undefined],
    ['My number is 48213.', 'Where is my order?', undefined],
    ['My number is 48213.', 'My new number is 99999, which number do you have?', undefined],
  ];
  it.each(CONTENT)('%s %s', async (said, asked, recalled) => {
    const where = await visit(server);
    await goOn(where, said);
    const { message } = eventAt(await goOn(where, asked), REPLY);
    const gave = /The one that you gave me is (\S+)\.$/.exec(message)?.[1];
    expect(gave).toBe(recalled);
  });

  it('in one conversation only', async () => {
    const where = await visit(server);
    await goOn(where, 'My order number is 48213.');
    const { message } = eventAt(await turn(server, 'What is my order number?'), REPLY);
    expect(message).not.toContain('48213');
  });
});

describe('a page that counts (L43)', () => {
  it('shows one again for each that came to the front', async () => {
    const where = await visit(server);
    server.configure({ drifts: { L43: 1 } });
    const first = await pageOf(where, 'limit=1');
    await turn(server, 'A note', { role: 'agent' });
    const second = await pageOf(where, `limit=1&cursor=${first.nextCursor}`);
    expect(second.interactions.map(({ id }) => id)).toEqual(first.interactions.map(({ id }) => id));
    const newer = await pageOf(where, `limit=1&direction=previous&cursor=${second.prevCursor}`);
    expect(newer.interactions.map(({ id }) => id)).toEqual([await newest(server)]);
  });
});
