import { describe, expect, it } from 'vitest';
import { contrast, welch } from '../../../scripts/compare/contrast.ts';
import { fisher } from '../../../scripts/foundation/statistics/fisher.ts';
import { holm } from '../../../scripts/foundation/statistics/holm.ts';
import { criticalValue, upperTail } from '../../../scripts/foundation/statistics/student-t.ts';

describe("Student's t", () => {
  // The usual table.
  it.each([
    [0.05, 1, 6.314],
    [0.05, 7, 1.895],
    [0.05, 14, 1.761],
    [0.025, 10, 2.228],
    [0.2, 14, 0.868],
    [0.05, 1e6, 1.645],
  ])('alpha %f with %i degrees of freedom is %f', (alpha, df, t) => {
    expect(criticalValue(alpha, df)).toBeCloseTo(t, 3);
    expect(upperTail(t, df)).toBeCloseTo(alpha, 3);
    expect(upperTail(-t, df)).toBeCloseTo(1 - alpha, 3);
  });
});

describe('welch', () => {
  it('agrees with a worked example', () => {
    // https://en.wikipedia.org/wiki/Welch%27s_t-test, example 1.
    const a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
    const b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.2, 26.4];
    const { difference, standardError, df } = welch(a, b);
    expect(difference / standardError).toBeCloseTo(2.9, 1);
    expect(df).toBeCloseTo(28, 0);
  });
});

describe('contrast', () => {
  const base = [1, 2, 3, 4, 5, 6, 7, 8];

  it('pairs runs that vary together', () => {
    const { isPaired, difference, df } = contrast(
      base,
      base.map((value, i) => value + 0.5 + (i % 2) * 0.01),
    );
    expect({ isPaired, df }).toEqual({ isPaired: true, df: 7 });
    expect(difference).toBeCloseTo(0.505, 9);
  });

  it.each([
    ['vary apart', [3, 1, 4, 1, 5, 2, 6, 2.5].reverse()],
    ['are not as many', [1, 2, 3, 4, 5, 6, 7]],
  ])('does not pair runs that %s', (_, other) => {
    expect(contrast(base, other).isPaired).toBe(false);
  });

  it('does not pair fewer than eight', () => {
    const seven = base.slice(1);
    expect(contrast(seven, seven).isPaired).toBe(false);
  });
});

describe('holm', () => {
  it.each([
    [
      [0.01, 0.04],
      [0.02, 0.04],
    ],
    [
      [0.04, 0.03],
      [0.06, 0.06],
    ],
    [[0.9], [0.9]],
    [
      [0.7, 0.8, 0.9],
      [1, 1, 1],
    ],
  ])('%j becomes %j', (ps, adjusted) => {
    for (const [i, p] of holm(ps).entries()) expect(p).toBeCloseTo(adjusted[i] ?? Number.NaN, 12);
  });
});

describe('fisher', () => {
  it.each([
    // The lady tasting tea, and sums of exact fractions.
    [1, 4, 3, 4, 17 / 70],
    [0, 10, 3, 10, 0.1052632],
    [5, 1000, 20, 1000, 0.0019295],
    [0, 0, 3, 10, 1],
    [0, 10, 0, 10, 1],
  ])('%i of %i against %i of %i: %f', (k0, n0, k, n, p) => {
    expect(fisher(k0, n0, k, n)).toBeCloseTo(p, 5);
  });
});
