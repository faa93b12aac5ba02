import { describe, expect, it } from 'vitest';
import { leastSample } from '../../../scripts/foundation/statistics/least-sample.ts';

describe('leastSample', () => {
  it.each([
    [0.5, 5],
    [0.9, 29],
    [0.95, 59],
    [0.99, 299],
  ])('q %f needs %i', (q, n) => {
    expect(leastSample(q)).toBe(n);
  });
});
