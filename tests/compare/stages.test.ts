import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { random } from '../../contracts/random.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { levelsAt, SPENT } from '../../scripts/compare/stages.ts';
import { type Bound, unbiased } from '../../scripts/compare/stopping.ts';
import { mean } from '../../scripts/foundation/statistics/moments.ts';
import { normalDraw } from '../../scripts/foundation/statistics/normal-draw.ts';
import { spentBy } from '../../scripts/proofs/compare/calibrate.ts';
import { scaled, TAIL } from '../../scripts/proofs/compare/services.ts';
import { type Setting, simulateComparison } from '../../scripts/proofs/compare/simulate-comparison.ts';
import { run } from './made-summaries.ts';

const OF = 54;
const looks = Array.from({ length: OF }, (_, index) => levelsAt({ pairs: index + 1, of: OF }));

describe('the levels of the looks', () => {
  it('decide nothing by latency before the third pair', () => {
    for (const { regression, clear } of looks.slice(0, 2)) {
      expect([regression['latency.mean'], regression['latency.p95'], clear]).toEqual([0, 0, 0]);
    }
  });

  it('ask much of early looks for p95 and the pass, and hardly more than one test of the last one', () => {
    const p95 = looks.map(({ regression }) => regression['latency.p95']);
    const clear = looks.map((look) => look.clear);
    for (const levels of [p95, clear]) expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(p95[10]).toBeLessThan(1e-5);
    expect(p95.at(-1)).toBeGreaterThan(SPENT['latency.p95'] / 3);
    expect(clear.at(-1)).toBeGreaterThan(SPENT.clear / 3);
  });

  /** A sample of `npm run sim:compare -- calibrate`; bounds leave a correct boundary three standard errors. */
  it.each([0, 0.5])('spend what they may, where runs of a pair correlate by %d', (correlation) => {
    const replications = 1_500;
    const spent = spentBy({ of: OF, correlation }, replications);
    for (const [name, meant] of Object.entries(SPENT)) {
      const room = 3 * Math.sqrt((meant * (1 - meant)) / replications);
      expect(spent[name as keyof typeof SPENT], name).toBeLessThan(meant + room);
      expect(spent[name as keyof typeof SPENT], name).toBeGreaterThan(meant / 3);
    }
  });
});

describe('the estimate at a stop', () => {
  /** Ends as slower at two standard errors, never as clear. */
  const bound = (_: number, standardError: number): Bound => ({
    slower: 2 * standardError,
    clear: Number.NEGATIVE_INFINITY,
  });

  it('of a first look is what was measured', () => {
    expect(unbiased({ difference: 0.2, standardError: 0.05, pairs: 1 }, bound)).toBeCloseTo(0.2, 2);
  });

  it('is smaller than measured where looks before might have ended it', () => {
    const estimate = unbiased({ difference: 0.2, standardError: 0.09, pairs: 8 }, bound);
    expect(estimate).toBeLessThan(0.19);
    expect(estimate).toBeGreaterThan(0);
  });

  it('is too large as often as too small, where what was measured is mostly too large', () => {
    const [truth, spread, most] = [0.1, 0.2, 10];
    const stops = Array.from({ length: 400 }, (_, seed) => {
      const draw = random(seed, 5);
      let sum = 0;
      for (let pairs = 1; ; pairs += 1) {
        sum += truth + spread * normalDraw(draw);
        const [difference, standardError] = [sum / pairs, spread / Math.sqrt(pairs)];
        if (pairs === most || difference >= bound(pairs, standardError).slower)
          return { difference, standardError, pairs };
      }
    });
    const above = (values: readonly number[]): number => values.filter((value) => value > truth).length / values.length;
    expect(mean(stops.map(({ difference }) => difference))).toBeGreaterThan(1.1 * truth);
    const corrected = above(stops.map((stop) => unbiased(stop, bound)));
    expect(Math.abs(corrected - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / stops.length));
  });

  it('of runs that do not differ is what was measured', () => {
    expect(unbiased({ difference: 0.2, standardError: 0, pairs: 8 }, bound)).toBe(0.2);
  });
});

function gated(value: number, verdict: 'pass' | 'fail'): RunSummary {
  const gate = {
    metric: 'latency.p95',
    op: '<',
    limit: 15_000,
    value,
    lower: value * 0.9,
    upper: null,
    verdict,
  } as const;
  return run({ atMs: value, overrides: { gates: [gate] } });
}

const failing = (k: number): RunSummary => run({ atMs: k, overrides: { errors: { k, n: 320 } } });

/** A sample of `npm run sim:compare`. */
describe('a comparison in stages', () => {
  const staged: Setting = { pairs: OF, turnsPerRun: 80, rho: 0.5, noise: 0.03, inStages: true };
  const simulated = (setting: Setting, count: number) =>
    Array.from({ length: count }, (_, seed) => simulateComparison(setting, seed));
  const share = (comparisons: ReturnType<typeof simulated>, wanted: string): number =>
    comparisons.filter(({ outcome }) => outcome === wanted).length / comparisons.length;
  const turns = (comparisons: ReturnType<typeof simulated>): number =>
    comparisons.reduce((sum, { design }) => sum + (design.stages?.turns ?? Number.NaN), 0) / comparisons.length;

  it('finds answers that take 30 % longer within 900 turns, and says what they cost', () => {
    const found = simulated({ ...staged, candidate: scaled(1.28) }, 30);
    expect(share(found, 'regression')).toBe(1);
    expect(turns(found)).toBeLessThan(900);
    const [{ design, effects } = {}] = found;
    expect(design).toMatchObject({ kind: 'interleaved', stages: { of: OF, fixedTurns: 12_000 } });
    expect(design?.stages?.turns).toBe((design?.stages?.pairs ?? 0) * 160);
    expect(effects?.every(({ measured }) => measured !== undefined)).toBe(true);
  });

  it('shows that nothing changed, mostly long before its last pair', () => {
    const found = simulated(staged, 30);
    expect(share(found, 'no-regression')).toBeGreaterThanOrEqual(0.8);
    expect(turns(found)).toBeLessThan(6_000);
  });

  it('finds a longer tail', () => {
    expect(share(simulated({ ...staged, candidate: TAIL }, 20), 'regression')).toBeGreaterThanOrEqual(0.7);
  });

  // One pair of runs of a service with a p95 on both sides of a gate by chance, and a few failures too many in one.
  it.each<[string, RunSummary[], RunSummary[]]>([
    ['a gate that one run misses', [gated(500, 'pass')], [gated(30_000, 'fail')]],
    ['failures beyond the limit on one side', [failing(3)], [failing(14)]],
  ])('does not end at once by %s', (_, baseline, candidate) => {
    const stages = { pairs: OF };
    expect(compareRuns(baseline, candidate, undefined, stages).outcome).toBe('inconclusive');
    expect(compareRuns(baseline, candidate).outcome).toBe('regression');
  });

  it('does not end by latency where every pair differs as much as no pair', () => {
    const { outcome, design, effects } = simulateComparison({ ...staged, pairs: 2 }, 1);
    expect({ outcome, pairs: design.stages?.pairs }).toEqual({ outcome: 'inconclusive', pairs: 2 });
    expect(effects.map(({ lower, upper }) => [lower, upper])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
