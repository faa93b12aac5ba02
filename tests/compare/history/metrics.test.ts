import { describe, expect, test } from 'vitest';
import { studentP } from '../../../scripts/compare/history/metrics.ts';

describe('studentP', () => {
  // Two-sided, from the usual tables.
  test.each([
    [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 1],
    [[1, 2, 3], [4, 5, 6], 0.0213],
    [[10], [1, 2, 3], 0.0202],
    [[1, 1], [1, 1], 1],
    [[1, 1], [2, 2], 0],
  ])('%j against %j is %f', (a, b, p) => {
    expect(studentP(a, b)).toBeCloseTo(p, 3);
  });
});
