import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate, percentile, quantile, rank } from '../../../scripts/analysis/metrics/percentile.ts';
import { FATE, type Sample } from '../../../scripts/analysis/metrics/sample.ts';

function sample(ms: readonly number[], fate: readonly number[] = []): Sample {
  return {
    ms: Float64Array.from(ms),
    fate: Uint8Array.from(ms, (_, i) => fate[i] ?? FATE.answered),
    late: new Float64Array(ms.length),
  };
}

const latencies = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 400 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const fates = fc.array(fc.constantFrom(FATE.answered, FATE.gaveUp, FATE.cut), { minLength: 400, maxLength: 400 });

describe('quantile', () => {
  it('has at least a share q of the values at or below it, and is one of them or between two', () => {
    fc.assert(
      fc.property(latencies, share, (values, q) => {
        const sorted = Float64Array.from(values).sort();
        const value = quantile(sorted, q);
        const naive = values.slice().sort((a, b) => a - b);
        const position = q * (values.length - 1);
        expect(value).toBeGreaterThanOrEqual(naive[Math.floor(position)] ?? Number.NaN);
        expect(value).toBeLessThanOrEqual(naive[Math.ceil(position)] ?? Number.NaN);
      }),
    );
  });

  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.25, 2],
    [[1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 0.5, Number.POSITIVE_INFINITY],
    [[1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 0.75, Number.POSITIVE_INFINITY],
  ])('of %j at %f is %f', (values, q, expected) => {
    expect(quantile(values, q)).toBe(expected);
  });
});

describe('percentile', () => {
  it('lies in its interval, and the truth with cut turns lies between best and worst', () => {
    fc.assert(
      fc.property(latencies, fates, share, (values, fate, q) => {
        const { worst, best, floor } = percentile(rank(sample(values, fate)), q);
        for (const { lower, point, upper } of [worst, best, floor]) {
          expect(lower).toBeLessThanOrEqual(point);
          expect(point).toBeLessThanOrEqual(upper);
        }
        expect(floor.point).toBeLessThanOrEqual(best.point);
        expect(best.point).toBeLessThanOrEqual(worst.point);
      }),
    );
  });

  it('only grows when a turn is no longer answered', () => {
    fc.assert(
      fc.property(latencies, fates, share, fc.nat(), (values, fate, q, pick) => {
        const index = pick % values.length;
        const before = percentile(rank(sample(values, fate)), q);
        const cut = fate.map((each, i) => (i === index ? FATE.cut : each));
        const after = percentile(rank(sample(values, cut)), q);
        expect(after.worst.point).toBeGreaterThanOrEqual(before.worst.point);
      }),
    );
  });
});

describe('estimate', () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) + 1);

  it('gives value and interval of independent latencies', () => {
    expect(estimate(percentile(rank(sample(thousand)), 0.95))).toEqual({
      value: 950.05,
      lower: 936,
      upper: 964,
      nEffective: 1_000,
    });
  });

  it('does not know a p99 from 60 turns, and says how many it needs', () => {
    const { value, upper, needs } = estimate(percentile(rank(sample(thousand.slice(0, 60))), 0.99));
    expect({ value, upper, needs }).toEqual({ value: null, upper: null, needs: 299 });
  });

  it('says at least where the percentile falls among turns without an answer', () => {
    const fate = thousand.map((ms) => (ms > 940 ? FATE.gaveUp : FATE.answered));
    const waited = thousand.map((ms) => (ms > 940 ? 20_000 : ms));
    const { value, censored, upper, lower } = estimate(percentile(rank(sample(waited, fate)), 0.95));
    expect({ value, censored, upper, lower }).toEqual({ value: 20_000, censored: true, upper: null, lower: 936 });
  });

  it('knows nothing of nothing', () => {
    expect(estimate(percentile(rank(sample([])), 0.5))).toEqual({
      value: null,
      lower: null,
      upper: null,
      needs: 5,
      nEffective: 0,
    });
  });
});
