import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { random } from '../../../contracts/random.ts';
import { distributionsOf } from '../../../scripts/drift/baseline/distributions.ts';
import { type Reply, repliesOf } from '../../../scripts/drift/baseline/replies.ts';

/** A service: what its replies are like in the mean, and how days vary. */
interface Service {
  readonly chars: number;
  readonly articles: number;
  readonly fallback: number;
  readonly latencyMs?: number;
  /** Standard deviation of the day's mean, on the logarithmic scale. */
  readonly days?: number;
}

const USUAL: Service = { chars: 200, articles: 0.4, fallback: 0.03 };
const TURNS = 90;
const SD = 0.5;

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function run(service: Service, seed: number, turns = TURNS): Replies {
  const next = random(seed, 7);
  const day = normal(next) * (service.days ?? 0);
  const replies = Array.from({ length: turns }, (_, index): Reply => {
    const articles = next() < service.articles ? 1 : 0;
    return {
      chars: Math.round(service.chars * Math.exp(day + SD * normal(next))),
      text: `reply ${index}`,
      articles,
      article: articles === 0 ? undefined : `article ${Math.floor(next() * 10)}`,
      latencyMs: (service.latencyMs ?? 2_000) * Math.exp(day + SD * normal(next)),
      isFallback: next() < service.fallback,
    };
  });
  return repliesOf('drift standard', replies) as Replies;
}

const baselines = (service: Service, seed: number, count = 5): Replies[] =>
  Array.from({ length: count }, (_, index) => run(service, 1_000 * seed + index + 1));

const shown = (now: Replies, before: readonly Replies[]): string[] =>
  distributionsOf(now, before)
    .filter(({ differs }) => differs)
    .map(({ metric }) => metric);

const RUNS = 300;

describe('the nights since the latest accepted run', () => {
  const slower = { ...USUAL, latencyMs: 2_400 };
  const nights = (service: Service, seed: number, count: number): Replies[] =>
    Array.from({ length: count }, (_, index) => run(service, 1_000 * seed + 500 + index));
  const latencies = (now: Replies, before: readonly Replies[], earlier: readonly Replies[]) =>
    distributionsOf(now, before, earlier).filter(({ metric }) => metric === 'reply.latency');

  it('show together what one of them does not', () => {
    const [first, ...rest] = nights(slower, 3, 6) as [Replies, ...Replies[]];
    const before = baselines(USUAL, 3, 10);
    expect(latencies(first, before, [])).toMatchObject([{ differs: false, n: TURNS }]);
    const [together] = latencies(first, before, rest);
    expect(together).toMatchObject({ differs: true, nights: 6, n: 6 * TURNS });
    expect(together?.effect).toBeCloseTo(1.2, 1);
  });

  it('of which the latest six and this one count', () => {
    const [first, ...rest] = nights(slower, 3, 9) as [Replies, ...Replies[]];
    expect(latencies(first, baselines(USUAL, 3, 10), rest)).toMatchObject([{ nights: 7 }]);
  });

  it('that were asked something else do not count', () => {
    const other = nights(slower, 3, 6).map((one) => ({ ...one, mix: 'drift smoke' }));
    expect(latencies(run(slower, 3), baselines(USUAL, 3, 10), other)).toMatchObject([{ differs: false, n: TURNS }]);
  });

  it('seldom differ where nothing changed, though days vary', () => {
    const service = { ...USUAL, days: 0.1 };
    let alarms = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const [now, ...rest] = nights(service, seed, 5) as [Replies, ...Replies[]];
      if (distributionsOf(now, baselines(service, seed), rest).some(({ differs }) => differs)) alarms += 1;
    }
    // One run in a hundred may; 6 of 150 have a probability below 1 % at that.
    expect(alarms).toBeLessThan(6);
  });
});

describe('replies against those of accepted runs', () => {
  it.each([0, 0.1, 0.3])('seldom differ where nothing changed, though days vary by %s', (days) => {
    const service = { ...USUAL, days };
    let alarms = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      if (shown(run(service, 1_000 * seed), baselines(service, seed)).length > 0) alarms += 1;
    }
    // One run in a hundred may; 9 of 300 have a probability below 1 % at that.
    expect(alarms).toBeLessThan(9);
  });

  it.each([
    ['reply.length', { ...USUAL, chars: 60 }],
    ['reply.articles', { ...USUAL, articles: 0 }],
    ['reply.fallback', { ...USUAL, fallback: 0.5 }],
  ])('differ in %s where it changed much', (metric, service) => {
    const found = Array.from({ length: 50 }, (_, seed) =>
      shown(run(service, 1_000 * (seed + 1)), baselines(USUAL, seed + 1, 10)),
    );
    expect(found.filter((metrics) => metrics.includes(metric)).length).toBeGreaterThan(45);
  });

  it.each<[string, Service]>([
    ['reply.latency', { ...USUAL, latencyMs: 3_600 }],
    ['reply.length', { ...USUAL, chars: 110 }],
    ['reply.articles', { ...USUAL, articles: 0.1 }],
  ])('of five accepted runs that agree, differ in %s where it changed much', (metric, service) => {
    const found = Array.from({ length: 50 }, (_, seed) =>
      shown(run(service, 1_000 * (seed + 1)), baselines(USUAL, seed + 1, 5)),
    );
    expect(found.filter((metrics) => metrics.includes(metric)).length).toBeGreaterThan(40);
  });

  it('differ in stalls where one reply of fifteen is one, and none was', () => {
    const stalled = (every: number, seed: number): Replies => {
      const latencies = Array.from({ length: TURNS }, (_, at) => (at % every === every - 1 ? 5_000 : 500 + at));
      const replies = latencies.map((latencyMs, at) => ({
        chars: 200 + at,
        text: `${seed} ${at}`,
        articles: 0,
        latencyMs,
      }));
      return repliesOf('drift standard', replies) as Replies;
    };
    const before = [1, 2, 3, 4, 5].map((seed) => stalled(1_000, seed));
    expect(shown(stalled(15, 6), before)).toContain('reply.stalls');
    expect(shown(stalled(90, 6), before)).toEqual([]);
  });

  it.each<[string, number, number, boolean]>([
    ['none has any more, where half had', 0.5, 0, true],
    ['all have some, where a third had', 0.33, 1, true],
    ['none has any, where a tenth had', 0.1, 0, false],
  ])('differ in articles in a check of twelve turns, as %s', (_, usually, articles, isFound) => {
    const every = (share: number): Replies =>
      repliesOf(
        'drift smoke',
        Array.from({ length: 12 }, (_, index): Reply => {
          const has = index < Math.round(12 * share);
          return { chars: 200, text: `reply ${index}`, articles: has ? 1 : 0, article: has ? `${index}` : undefined };
        }),
      ) as Replies;
    // Days vary: one of the accepted runs had one reply with articles less.
    const before = [...Array.from({ length: 4 }, () => every(usually)), every(usually - 1 / 12)];
    expect(shown(every(articles), before).includes('reply.articles')).toBe(isFound);
  });

  it('do not differ by what is too small to matter, however sure it is', () => {
    const now = run({ ...USUAL, chars: 220 }, 1, 50_000);
    const [length] = distributionsOf(
      now,
      Array.from({ length: 10 }, (_, index) => run(USUAL, index + 2, 50_000)),
    );
    expect(length).toMatchObject({ metric: 'reply.length', differs: false });
    expect(length?.holm).toBeLessThan(0.01);
  });

  it('are compared with at least five runs that were asked the same', () => {
    const four = baselines(USUAL, 1, 4);
    expect(distributionsOf(run(USUAL, 9), four)).toEqual([]);
    expect(distributionsOf(run(USUAL, 9), [...four, { ...run(USUAL, 8), mix: 'drift smoke' }])).toEqual([]);
    expect(distributionsOf(run(USUAL, 9), [...four, run(USUAL, 8)])).not.toEqual([]);
  });

  it('are shown at the effect that would have been detected, in four of five runs', () => {
    const [reference] = distributionsOf(run(USUAL, 77), baselines(USUAL, 77, 10));
    const effect = reference?.detectable ?? 1;
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const now = run({ ...USUAL, chars: USUAL.chars * effect }, 1_000 * seed);
      if (shown(now, baselines(USUAL, seed, 10)).includes('reply.length')) found += 1;
    }
    expect(found).toBeGreaterThan(120);
  });

  it('are never surer than Holm allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        for (const { p, holm, differs } of distributionsOf(run(USUAL, seed), baselines(USUAL, seed))) {
          expect(holm).toBeGreaterThanOrEqual(p);
          if (differs) expect(holm).toBeLessThan(0.01);
        }
      }),
      { numRuns: 20 },
    );
  });

  const asked = (recalled: number, host: string | null, seed: number): Replies =>
    repliesOf(
      'drift standard',
      Array.from(
        { length: TURNS },
        (_, index): Reply => ({
          chars: 100,
          text: `reply ${index}`,
          articles: 1,
          article: `article ${index}`,
          isRecalled: index % 3 === 0 ? random(seed, index)() < recalled : undefined,
          hosts: [random(seed, index + TURNS)() < 0.4 ? null : host],
        }),
      ),
    ) as Replies;
  const usual = [1, 2, 3, 4, 5].map((seed) => asked(0.95, 'help.example.com', seed));

  it.each<[string, string[], Replies]>([
    ['nothing', [], asked(0.95, 'help.example.com', 9)],
    ['the memory of the conversation', ['reply.recall'], asked(0, 'help.example.com', 9)],
    ['the host of articles', ['article.host'], asked(0.95, 'docs.example.org', 9)],
    ['the links of articles', ['reply.linked-article', 'reply.unlinked-article'], asked(0.95, null, 9)],
  ])('show %s changed', (_, metrics, now) => expect(shown(now, usual)).toEqual(metrics));
});
