import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import type { RungRecord, RungTurn } from '../../../scripts/capacity/measure/rung.ts';
import { simulateRung, simulateSearch } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import { type Answer, breakingFrom, LN8, limitedBy, searchWith, served, system } from './scripted.ts';

const SEEDS = [2, 3, 5];
const labelsOf = (answer: (seed: number) => Answer): string[] =>
  SEEDS.map((seed) => searchWith(answer(seed), { seed }).found.boundary);

describe('the label of a search', () => {
  it('is smooth where bad turns grow with the rate', () => {
    const labels = labelsOf((seed) => served(LN8, 8_000, seed));
    expect(labels.filter((label) => label === 'smooth').length).toBeGreaterThanOrEqual(2);
  });

  it('is cliff where the service breaks from one rate to the next', () => {
    const labels = labelsOf((seed) => breakingFrom(4, 10, seed));
    expect(labels.filter((label) => label === 'cliff').length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['only while so many are in flight', 0, 10],
    ['for a minute', 60_000, 10],
    // The first four searches of these seeds are the same as those for a minute: their rungs end before.
    ['for good', Number.POSITIVE_INFINITY, 4],
  ])('is cliff where the service breaks at 20 turns in flight and stays broken %s', (_, staysMs, searches) => {
    const broken = { ...LN8, kind: 'breaking', breaks: { concurrency: 20, factor: 10, staysMs } } as const;
    const found = Array.from({ length: searches }, (__, seed) =>
      simulateSearch(broken, { seed: seed + 1, budget: 3_000 }),
    );
    const cliffs = found.filter(({ boundary }) => boundary === 'cliff');
    // Of ten, searches that name it in 60 of 100 come so far in fewer than one of twenty trials (binomial).
    expect(cliffs.length).toBeGreaterThanOrEqual(Math.ceil(0.9 * searches));
    // At 4 turns a second 12 are in flight, and 20 are a matter of time.
    for (const { certified, reason } of cliffs) {
      expect(certified).toBeLessThan(4);
      expect(reason.code).toBe('breaks-in-flight');
    }
  });

  it('is ill-posed where the limit lies at the unloaded percentile', () => {
    const labels = SEEDS.map((seed) => simulateSearch(system('LN8t'), { seed, budget: 1_800 }).boundary);
    expect(labels.filter((label) => label === 'ill-posed').length).toBeGreaterThanOrEqual(2);
  });

  it('is infeasible where one turn at a time already misses the SLO', () => {
    const { found, asked } = searchWith(served(LN8, 1_000), { slo: 'p95<1s' });
    expect(found).toMatchObject({ boundary: 'infeasible', certified: null });
    expect(asked).toHaveLength(1);
  });

  it('is infeasible where one turn at a time already fails too often', () => {
    const failing: Answer = (rung, number) => {
      const record = simulateRung(LN8, rung, 8_000, random(7, number));
      return { ...record, turns: record.turns.map((turn, index) => (index % 3 === 0 ? failed(turn, 500) : turn)) };
    };
    const { found, asked } = searchWith(failing, { slo: 'p50<8s,errors<1%' });
    expect(found).toMatchObject({ boundary: 'infeasible', certified: null });
    expect(found.reason.code).toBe('fails-alone');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a narrow token bucket', { perSecond: 1, burst: 10 }],
    ['one with room for a minute', { perSecond: 1.5, burst: 60 }],
    ['one that refuses with 503', { perSecond: 1.7, burst: 40, status: 503 }],
    ['one that lets little through', { perSecond: 0.05, burst: 100 }],
    ['one near the capacity of the service', { perSecond: 2.4, burst: 10 }],
  ] as const)('is rate-limiter, with its threshold and interval: %s', (_, bucket) => {
    // All of them: searches that miss in one of two come so far in one of sixteen trials, and there are five buckets.
    for (let seed = 1; seed <= 4; seed++) {
      const { found, asked } = searchWith(limitedBy(bucket, seed), { seed });
      expect(found).toMatchObject({ boundary: 'rate-limiter', certified: null });
      const [least = 0, most = 0] = found.threshold?.interval ?? [];
      expect(Math.abs((found.threshold?.rate ?? 0) / bucket.perSecond - 1)).toBeLessThan(0.05);
      expect(least).toBeLessThanOrEqual(bucket.perSecond);
      expect(most).toBeGreaterThanOrEqual(bucket.perSecond);
      expect(asked.filter((rung) => rung.kind === 'open' && rung.limited).length).toBeLessThanOrEqual(3);
      expect(found.spent).toBeLessThanOrEqual(3_000);
    }
  });

  it('is rate-limiter without a threshold where nothing gets through any more', () => {
    const { found, asked } = searchWith(limitedBy({ perSecond: 0, burst: 100 }));
    expect(found).toMatchObject({ boundary: 'rate-limiter', threshold: null, certified: null });
    expect(asked.filter((rung) => rung.kind === 'open' && rung.limited)).toHaveLength(1);
  });

  it('is rate-limiter at once where nothing was ever answered', () => {
    const { found, asked } = searchWith(limitedBy({ perSecond: 0, burst: 0 }));
    expect(found).toMatchObject({ boundary: 'rate-limiter', threshold: null, certified: null });
    expect(asked).toHaveLength(1);
  });

  it('never looks for a threshold beyond the highest rate that may be tried', () => {
    const { asked } = searchWith(limitedBy({ perSecond: 1, burst: 10 }), { saturate: false, maxRate: 1.2 });
    expect(asked.every((rung) => rung.kind === 'closed' || rung.rate <= 1.2)).toBe(true);
  });

  it('is drifting where the service leaks', () => {
    const leaking = (sent: number) => ({
      ...LN8,
      service: (draw: () => number) => LN8.service(draw) * (1 + 0.001 * sent),
    });
    for (const seed of SEEDS) {
      expect(searchWith(served(leaking, 8_000, seed), { seed }).found).toMatchObject({
        boundary: 'drifting',
        certified: null,
      });
    }
  });

  it.each([200, 350])('is drifting where the service scales itself after %i turns', (after) => {
    const scaled = (sent: number) => ({ ...LN8, servers: sent < after ? 8 : 16 });
    for (const seed of SEEDS) {
      const { found } = searchWith(served(scaled, 8_000, seed), { seed });
      expect(found).toMatchObject({ boundary: 'drifting', certified: null });
      expect(['saturation-changed', 'repeat-differs']).toContain(found.reason.code);
    }
  });

  it('is unstable where turns pile up at every rate, though none is bad yet', () => {
    const piling: Answer = (rung, number) => {
      const record = simulateRung(LN8, rung, 8_000, random(7, number));
      if (rung.kind === 'closed') return record;
      const last = rung.arrivals.length - 1;
      return {
        ...record,
        aborted: false,
        turns: rung.arrivals.map((atMs, index) => answered(atMs, 200 + (7_700 * index) / last)),
      };
    };
    expect(searchWith(piling).found).toMatchObject({ boundary: 'unstable', certified: null });
  });

  it('is not-reached where the budget ends before any rate is known, or a generator is always late', () => {
    expect(searchWith(served(LN8), { budget: 100 }).found).toMatchObject({ boundary: 'not-reached', certified: null });
    const late: Answer = (rung, number) => ({ ...simulateRung(LN8, rung, 8_000, random(7, number)), void: 'late' });
    const { found } = searchWith(late);
    expect(found).toMatchObject({ boundary: 'not-reached', certified: null });
    expect(found.reason).toEqual({ code: 'generator-late' });
  });

  it.each([{ code: 'key-refused', status: 401 }, { code: 'failing', status: 500 }, { code: 'unreachable' }] as const)(
    'is not-reached, with the reason, where the service stops the search: $code',
    (stop) => {
      const { found, asked } = searchWith((rung, number, sent) => {
        const record: RungRecord = served(LN8)(rung, number, sent);
        return number < 3 ? record : { ...record, stop };
      });
      expect(found).toMatchObject({ boundary: 'not-reached', reason: stop, certified: null });
      expect(asked).toHaveLength(3);
    },
  );
});

const failed = (turn: RungTurn, status: number): RungTurn => ({ ...turn, outcome: 'failed', status });
const answered = (atMs: number, latencyMs: number): RungTurn => ({ atMs, latencyMs, outcome: 'answered', status: 200 });
