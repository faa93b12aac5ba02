import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestCut } from '../../../scripts/compare/history/divergence.ts';

/** The divergence as its definition says it: Matteson and James 2014, formula 5. */
function divergence(first: readonly number[], second: readonly number[]): number {
  const [n, m] = [first.length, second.length];
  const distances = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x) => sum + b.reduce((part, y) => part + Math.abs(x - y), 0), 0);
  const within = (a: readonly number[]): number => (a.length < 2 ? 0 : distances(a, a) / (a.length * (a.length - 1)));
  return ((n * m) / (n + m)) * ((2 * distances(first, second)) / (n * m) - within(first) - within(second));
}

const series = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 6, maxLength: 16 });

describe('bestCut', () => {
  it('is the largest divergence of all cuts, by its definition', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 3 }), (values, least) => {
        const all: number[] = [];
        for (let cut = least; cut <= values.length - least; cut += 1) {
          for (let end = cut + least; end <= values.length; end += 1) {
            all.push(divergence(values.slice(0, cut), values.slice(cut, end)));
          }
        }
        expect(bestCut(values, 0, values.length, least)?.divergence).toBeCloseTo(Math.max(...all), 8);
      }),
    );
  });

  it('finds none where a side would be too short', () => {
    expect(bestCut([1, 2, 3, 4, 5], 0, 5, 3)).toBeUndefined();
  });

  it('looks at its part of the series only', () => {
    expect(bestCut([9, 9, 9, 0, 0, 0, 5, 5, 5, 0, 0], 3, 9, 3)?.at).toBe(6);
  });
});
