import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { turn } from './client.ts';
import { type DriftRow, eventAt, expectDrift, goOn, type Look, REPLY } from './drifting.ts';
import { visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const COUNT = 150;
/** How many of some replies are so. */
const howMany =
  (isSo: (reply: ReturnType<typeof eventAt>) => boolean, content = 'Where is my order?'): Look =>
  async () => {
    let count = 0;
    for (let index = 0; index < COUNT; index++) if (isSo(eventAt(await turn(server, content), REPLY))) count++;
    return count;
  };
/** Binomial(150, share): beyond these once in 10,000. */
const about = (least: number, most: number) => ({
  asymmetricMatch: (count: unknown) => Number(count) > least && Number(count) < most,
});
const A_THIRD = about(28, 74);
const HALF = about(51, 99);

const GERMAN = /\b(Ihre?|Sie|das|die)\b/i;
const FRENCH = /\b(votre|vous|est)\b/i;
const SPANISH = /\b(su|mismo|podría|nosotros|usted|cinco)\b/i;
const isForeign = (message: string) => [GERMAN, FRENCH, SPANISH].some((language) => language.test(message));
const longestRun = (message: string): number => {
  const first = message.split(' ').slice(0, 4).join(' ');
  return message.split(first).length - 1;
};
const hosts: Look = async () => {
  const { usedArticles } = eventAt(await turn(server), REPLY);
  return usedArticles.map(({ documentUrl }) => (documentUrl === null ? null : new URL(documentUrl).host));
};

const WORDING: readonly DriftRow[] = [
  ['reply-language', howMany(({ message }) => isForeign(message)), 0, COUNT],
  ['reply-handover', howMany(({ message }) => message.startsWith('I am connecting you')), 0, A_THIRD],
  ['reply-repeats', howMany(({ message }) => longestRun(message) === 6), 0, COUNT],
  ['article-host', hosts, [null, 'help.example.com'], [null, 'kb.example.net']],
  ['articles-fewer', howMany(({ usedArticles }) => usedArticles.length > 0), COUNT, HALF],
  ['articles-everywhere', howMany(({ usedArticles }) => usedArticles.length > 0, 'Hello'), 0, COUNT],
];

/** Service times of turns that come one after the other, by the truth. */
const services =
  (...contents: string[]): Look =>
  async (where) => {
    for (const content of contents) await goOn(where, content);
    return server
      .turns()
      .slice(-contents.length)
      .map(({ serviceMs }) => Math.round(serviceMs));
  };

const TIMES: readonly DriftRow[] = [
  ['latency-trend', services('One', 'Two', 'Three'), [0, 0, 0], [0, 5, 10]],
  ['latency-by-turn', services('Two', 'Three'), [0, 0], [200, 400]],
  ['latency-after-idle', services('One', 'Two'), [0, 0], [1_000, 0]],
  [
    'latency-other-roles',
    async (where) => {
      const startedAt = performance.now();
      await goOn(where, 'A note', { role: 'agent' });
      return performance.now() - startedAt >= 299;
    },
    false,
    true,
  ],
];

describe.each([
  ['what replies say', WORDING],
  ['how long they take', TIMES],
])('%s', (_, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s shows, and is not there without it', async (_id, row) => {
    await expectDrift(server, row);
  });
});

describe('replies that take longer now and then', () => {
  it('latency-stalls: one in twenty by three seconds', async () => {
    await visit(server);
    server.configure({ drifts: { 'latency-stalls': 1 } });
    await Promise.all(Array.from({ length: 200 }, () => turn(server)));
    const stalled = server.turns().filter(({ serviceMs }) => Math.round(serviceMs) === 3_000).length;
    // Binomial(200, 0.05): beyond these once in 10,000.
    expect(stalled).toBeGreaterThan(0);
    expect(stalled).toBeLessThan(24);
  });

  it('latency-after-idle: again after a second without a reply', async () => {
    const where = await visit(server);
    server.configure({ drifts: { 'latency-after-idle': 1 } });
    await goOn(where, 'One');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_500 });
    expect(await services('Two', 'Three')(where)).toEqual([1_000, 0]);
    vi.useRealTimers();
  });
});
