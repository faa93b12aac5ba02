import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { type AnEvent, CONVERSATIONS, call, conversationPath, events, newest, type Reply, turn } from './client.ts';
import { eventAt, INCOMING, REPLY, record } from './drifting.ts';
import { RICH, type StopName, stopAt, visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const page = (answer: Reply) => record(answer) as { interactions: unknown[]; nextCursor: string | null };

describe('a drift over several requests', () => {
  const on = (id: string) => server.configure({ drifts: { [id]: 1 } });
  const readBack = async (id: string): Promise<AnEvent[]> => {
    const answer = await call(server, { method: 'GET', path: conversationPath(id) });
    return record(answer).events as AnEvent[];
  };
  const list = async (query = '') => page(await call(server, { method: 'GET', path: `${CONVERSATIONS}?${query}` }));

  it('M079: a continued conversation does not grow', async () => {
    const { interactionId } = await visit(server);
    on('M079');
    expect((await call(server, { body: { interactionId, content: 'More' } })).status).toBe(200);
    expect(await readBack(interactionId)).toHaveLength(2);
    expect((await list()).interactions).toHaveLength(3);
  });

  it('M085: createdAt stands still', async () => {
    await visit(server);
    server.configure({ service: { law: 'constant', meanMs: 5 } });
    on('M085');
    const answers = [await turn(server), await turn(server)];
    server.configure({ service: null });
    const times = answers.flatMap((answer) => events(answer).map(({ createdAt }) => createdAt));
    expect(times).toHaveLength(4);
    expect(new Set(times).size).toBe(1);
  });

  it('M088: the user event is as late as its reply', async () => {
    await visit(server);
    server.configure({ service: { law: 'constant', meanMs: 30 } });
    const faithful = await turn(server);
    on('M088');
    const drifted = await turn(server);
    server.configure({ service: null });
    expect(eventAt(faithful, REPLY).createdAt).toBeGreaterThan(eventAt(faithful, INCOMING).createdAt);
    expect(eventAt(drifted, REPLY).createdAt).toBe(eventAt(drifted, INCOMING).createdAt);
  });

  it('M118: one status loses its error property', async () => {
    const where = await visit(server);
    on('M118');
    const stops: StopName[] = ['noIds', 'noKey', 'readKeyWrites', 'unknownAgent'];
    const answers = await Promise.all(stops.map((stop) => stopAt(stop, where)));
    expect(answers.filter((answer) => !('error' in record(answer)))).toHaveLength(1);
  });

  it('M154: the second page is the first', async () => {
    await visit(server);
    on('M154');
    const first = await list('limit=1');
    expect((await list(`limit=1&cursor=${first.nextCursor}`)).interactions).toEqual(first.interactions);
  });

  it('M157: paging never ends', async () => {
    await visit(server);
    on('M157');
    let { nextCursor } = await list('limit=1');
    for (let count = 0; count < 5; count++) ({ nextCursor } = await list(`limit=1&cursor=${nextCursor}`));
    expect(nextCursor).not.toBeNull();
  });

  it('M163: removing one removes another', async () => {
    const { interactionId } = await visit(server);
    on('M163');
    await call(server, { method: 'DELETE', path: conversationPath(interactionId) });
    expect((await list()).interactions).toEqual([]);
  });

  it.each([
    ['M166', ['user']],
    ['M169', ['finibot', 'user']],
    ['event-stored-twice', ['user', 'user', 'finibot']],
  ])('%s: what is stored is not what was answered', async (id, roles) => {
    await visit(server);
    on(id);
    const answer = await turn(server, RICH, { role: 'user' });
    expect(events(answer).map(({ role }) => role)).toEqual(['user', 'finibot']);
    const stored = (await readBack(await newest(server))).map(({ role }) => role);
    expect(stored).toEqual(roles);
  });

  it('event-lost: the question is never stored, and its reply only now and then', async () => {
    await visit(server);
    on('event-lost');
    const stored: string[] = [];
    for (let count = 0; count < 24; count++) {
      const answer = await turn(server, RICH, { role: 'user' });
      expect(events(answer).map(({ role }) => role)).toEqual(['user', 'finibot']);
      stored.push((await readBack(await newest(server))).map(({ role }) => role).join());
    }
    expect(new Set(stored)).toEqual(new Set(['', 'finibot']));
  });

  it('M172: metadata is lost', async () => {
    await visit(server);
    on('M172');
    await turn(server, 'Hi', { metadata: { user_attributes: { plan: 'pro' } } });
    const path = conversationPath(await newest(server));
    expect((await call(server, { method: 'GET', path })).json).toMatchObject({ userAttributes: {} });
  });

  it("answers-swapped: two turns get each other's answers", async () => {
    await visit(server);
    on('answers-swapped');
    const [one, two] = await Promise.all([turn(server, 'Number one'), turn(server, 'Number two')]);
    expect([eventAt(one, INCOMING).message, eventAt(two, INCOMING).message]).toEqual(['Number two', 'Number one']);
    expect(server.truth().operators).toEqual({ 'answers-swapped': 2 });
  });
});

describe('a drift of the time that replies take', () => {
  const COUNT = 400;
  /** Service times that the truth tells, without and with a drift; the same seed draws the same ones. */
  async function services(id?: string): Promise<number[]> {
    server.configure({ service: { law: 'exponential', meanMs: 4 }, drifts: id === undefined ? null : { [id]: 1 } });
    server.reset();
    await Promise.all(Array.from({ length: COUNT }, () => turn(server)));
    return server.turns().map(({ serviceMs }) => serviceMs);
  }

  it.each<[string, (before: number, slow: boolean) => number]>([
    ['M178', (before) => before * 1.5],
    ['M181', (before, slow) => (slow ? before * 1.5 : before)],
  ])('%s stretches each one as it says', async (id, expected) => {
    const faithful = await services();
    const drifted = await services(id);
    const limit = 4 * Math.log(10);
    for (const [index, before] of faithful.entries()) {
      // Near the limit the quantile, which is estimated, may decide either way.
      if (id === 'M181' && Math.abs(before / limit - 1) < 0.1) continue;
      expect(drifted[index]).toBeCloseTo(expected(before, before > limit), 3);
    }
  });

  it('M187 takes the spread away', async () => {
    const drifted = await services('M187');
    expect(Math.max(...drifted) - Math.min(...drifted)).toBeLessThan(0.01);
  });

  it('M193 answers a fifth with the same text', async () => {
    server.configure({ service: null, drifts: { M193: 1 } });
    server.reset();
    const replies = await Promise.all(Array.from({ length: COUNT }, () => turn(server)));
    const fallbacks = replies.filter((answer) =>
      eventAt(answer, REPLY).message.startsWith("I'm sorry, I did not"),
    ).length;
    // Binomial(400, 0.2): beyond these once in 10,000.
    expect(fallbacks).toBeGreaterThan(49);
    expect(fallbacks).toBeLessThan(113);
  });
});
