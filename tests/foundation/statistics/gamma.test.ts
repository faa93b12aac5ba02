import { expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { gammaOfMeanOne } from '../../../scripts/foundation/statistics/gamma.ts';

const DRAWS = 20_000;
const drawn = (variance: number): number[] => {
  const next = random(1, 2);
  return Array.from({ length: DRAWS }, () => gammaOfMeanOne(variance, next));
};

// The seed is fixed: six standard errors are room enough for any other.
it.each([1e-6, 1e-4, 0.04, 0.5, 1, 3])('has the mean 1 and the variance %f', (variance) => {
  const values = drawn(variance);
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  expect(Math.abs(mean - 1) / Math.sqrt(variance / DRAWS)).toBeLessThan(6);
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS;
  const error = variance * Math.sqrt((2 + 6 * variance) / DRAWS);
  expect(Math.abs(spread - variance) / error).toBeLessThan(6);
});

it.each([
  [1, Math.log(2)],
  // Chi-square of 4 degrees of freedom, over 4.
  [0.5, 3.356694 / 4],
])('of variance %f has its median', (variance, median) => {
  const below = drawn(variance).filter((value) => value < median).length;
  expect(Math.abs(below - DRAWS / 2) / Math.sqrt(DRAWS / 4)).toBeLessThan(6);
});

it('of variance 0 is 1', () => {
  expect(gammaOfMeanOne(0, random(1))).toBe(1);
});
