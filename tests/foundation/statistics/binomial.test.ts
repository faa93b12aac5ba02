import { describe, expect, it } from 'vitest';
import { orderRanks } from '../../../scripts/analysis/metrics/percentile.ts';
import { binomialQuantile, clopperPearson } from '../../../scripts/foundation/statistics/binomial.ts';

describe('clopperPearson', () => {
  // Published two-sided 95 % limits.
  it.each([
    [0, 10, 0, 0.3085],
    [1, 20, 0.0013, 0.2487],
    [5, 10, 0.1871, 0.8129],
    [10, 100, 0.049, 0.1762],
    [10, 10, 0.6915, 1],
    [1, 1_000_000, 2.5e-8, 5.57e-6],
    // Parts of an event: counts over large design effects.
    [0.004, 10, 0, 0.3091],
    [0.05, 170, 0, 0.0221],
    [9.996, 10, 0.6909, 1],
  ])('%i of %i lies in [%f, %f]', (k, n, lower, upper) => {
    const [low, high] = clopperPearson(k, n);
    expect(low).toBeCloseTo(lower, 4);
    expect(high).toBeCloseTo(upper, 4);
  });

  it('widens when the same share is of a smaller effective sample', () => {
    const [low, high] = clopperPearson(50, 1000);
    const [lowEffective, highEffective] = clopperPearson(50 / 4, 1000 / 4);
    expect(lowEffective).toBeLessThan(low);
    expect(highEffective).toBeGreaterThan(high);
  });
});

describe('binomialQuantile', () => {
  it('is the smallest k whose distribution function reaches p', () => {
    const cumulative = [0.0009765625, 0.0107421875, 0.0546875, 0.171875, 0.376953125, 0.623046875];
    for (const [k, p] of cumulative.entries()) expect(binomialQuantile(p - 1e-9, 10, 0.5)).toBe(k);
  });
});

describe('orderRanks', () => {
  // The usual tables of distribution-free intervals: medians, and the sizes from which p95 and p99 have two bounds.
  it.each([
    [10, 0.5, 2, 9],
    [100, 0.5, 40, 61],
    [71, 0.95, 63, 72],
    [72, 0.95, 64, 72],
    [367, 0.99, 359, 368],
    [368, 0.99, 360, 368],
  ])('of %i values the quantile %f lies between ranks %i and %i', (n, q, lower, upper) => {
    expect(orderRanks(n, q)).toEqual([lower, upper]);
  });
});
