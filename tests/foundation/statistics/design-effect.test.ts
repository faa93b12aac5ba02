import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { designEffect } from '../../../scripts/foundation/statistics/design-effect.ts';

/** A two-state chain whose autocorrelation at lag k is rho to the k. */
function chain(length: number, rho: number, seed: number): number[] {
  const draw = random(seed);
  let state = 0;
  return Array.from({ length }, () => {
    if (draw() >= rho) state = draw() < 0.5 ? 1 : 0;
    return state;
  });
}

describe('designEffect', () => {
  it.each([
    [0, 1],
    [0.5, 3],
    [0.8, 9],
  ])('of a chain with autocorrelation %f^k is (1 + rho) / (1 - rho) = %f', (rho, expected) => {
    const effect = designEffect(chain(200_000, rho, 7));
    expect(effect).toBeGreaterThan(expected * 0.93);
    expect(effect).toBeLessThan(expected * 1.07 + 0.05);
  });

  it.each([[[]], [[1]], [[1, 1, 1, 1]]])('is 1 where nothing varies: %j', (series) => {
    expect(designEffect(series)).toBe(1);
  });

  it('is never below 1, also where neighbours repel each other', () => {
    expect(designEffect(Array.from({ length: 100 }, (_, i) => i % 2))).toBe(1);
  });
});
