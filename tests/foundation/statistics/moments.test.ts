import { expect, it } from 'vitest';
import { mean, variance } from '../../../scripts/foundation/statistics/moments.ts';

it.each([
  ['a list', [2, 4, 4, 4, 5, 5, 7, 9]],
  ['a typed array', Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)],
])('mean, and variance over n - 1, of %s', (_, values) => {
  expect(mean(values)).toBe(5);
  expect(variance(values)).toBeCloseTo(32 / 7, 12);
});

it('of too few is not a number', () => {
  expect([mean([]), variance([1])]).toEqual([Number.NaN, Number.NaN]);
});
