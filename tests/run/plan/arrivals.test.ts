import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../contracts/generated/plan.ts';
import { expectedArrivals, timesOf, unitArrivals } from '../../../scripts/run/plan/arrivals.ts';

const stage = (startMs: number, endMs: number, from: number, to: number): Stage => ({
  name: `${startMs}`,
  startMs,
  endMs,
  from,
  to,
  measured: true,
});

function take(law: 'poisson' | 'even', seed: number, below: number): number[] {
  const units: number[] = [];
  for (const unit of unitArrivals(law, seed)) {
    if (unit >= below) return units;
    units.push(unit);
  }
  return units;
}

const anyStages = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 6 })
  .map((parts) => {
    let end = 0;
    return parts.map(([length, from, to]) => {
      const start = end;
      end += length;
      return stage(start, end, from, to);
    });
  });

describe('unitArrivals', () => {
  it('draws exponential gaps of mean 1 for Poisson arrivals (Kolmogorov-Smirnov, 1 %)', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const units = take('poisson', seed, 5_000);
      const gaps = units.map((unit, index) => unit - (units[index - 1] ?? 0)).sort((a, b) => a - b);
      const n = gaps.length;
      const distance = Math.max(
        ...gaps.map((gap, index) => {
          const law = 1 - Math.exp(-gap);
          return Math.max(law - index / n, (index + 1) / n - law);
        }),
      );
      expect(distance * Math.sqrt(n)).toBeLessThan(1.63);
    }
  });

  it('draws as many as the rate says, within four standard deviations, for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        expect(Math.abs(take('poisson', seed, 1_000).length - 1_000)).toBeLessThan(4 * Math.sqrt(1_000));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('has independent counts: their variance over bins is their mean', () => {
    const bins = new Array<number>(2_000).fill(0);
    for (const unit of take('poisson', 7, 20_000)) bins[Math.floor(unit / 10)] = (bins[Math.floor(unit / 10)] ?? 0) + 1;
    const mean = bins.reduce((sum, bin) => sum + bin, 0) / bins.length;
    const variance = bins.reduce((sum, bin) => sum + (bin - mean) ** 2, 0) / bins.length;
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  });

  it('spaces even arrivals by exactly 1', () => {
    expect(take('even', 1, 4)).toEqual([0.5, 1.5, 2.5, 3.5]);
  });
});

describe('timesOf', () => {
  it('keeps order and stays inside the window, for any stages', () => {
    fc.assert(
      fc.property(anyStages, fc.nat(1_000), (stages, seed) => {
        const expected = expectedArrivals(stages);
        const times = timesOf(take('poisson', seed, expected), stages);
        const end = stages.at(-1)?.endMs ?? 0;
        for (const [index, time] of times.entries()) {
          expect(time).toBeGreaterThanOrEqual(times[index - 1] ?? 0);
          expect(time).toBeLessThanOrEqual(end);
        }
      }),
    );
  });

  it('inverts the cumulative rate: the area up to each time is its unit', () => {
    fc.assert(
      fc.property(anyStages, fc.nat(1_000), (stages, seed) => {
        const units = take('even', seed, expectedArrivals(stages));
        for (const [index, time] of timesOf(units, stages).entries()) {
          // Times are cut to microseconds; at 20 a second that is 2e-5 arrivals.
          expect(areaUpTo(stages, time)).toBeCloseTo(units[index] ?? 0, 3);
        }
      }),
    );
  });

  it('starts no conversation in a stage without load', () => {
    const stages = [stage(0, 1_000, 20, 20), stage(1_000, 2_000, 0, 0), stage(2_000, 3_000, 20, 20)];
    const times = timesOf(take('poisson', 3, expectedArrivals(stages)), stages);
    expect(times.length).toBeGreaterThan(20);
    expect(times.filter((time) => time > 1_000 && time < 2_000)).toEqual([]);
  });

  it('puts arrivals of a linear rise where the rate is: three quarters in its second half', () => {
    const stages = [stage(0, 100_000, 0, 100)];
    const times = timesOf(take('poisson', 11, expectedArrivals(stages)), stages);
    const late = times.filter((time) => time > 50_000).length / times.length;
    expect(late).toBeGreaterThan(0.73);
    expect(late).toBeLessThan(0.77);
  });
});

function areaUpTo(stages: readonly Stage[], time: number): number {
  return stages.reduce((sum, { startMs, endMs, from, to }) => {
    const part = Math.min(Math.max(time - startMs, 0), endMs - startMs);
    const rate = from + ((to - from) * part) / (endMs - startMs);
    return sum + ((from + rate) / 2) * (part / 1000);
  }, 0);
}
