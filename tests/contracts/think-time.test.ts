import { describe, expect, it } from 'vitest';
import type { ThinkTime } from '../../contracts/generated/plan.ts';
import { random } from '../../contracts/random.ts';
import { thinkMs } from '../../contracts/think-time.ts';

const N = 50_000;

function draws(law: ThinkTime): { mean: number; cv: number; least: number } {
  const next = random(1);
  const values = Array.from({ length: N }, () => thinkMs(law, next));
  const mean = values.reduce((sum, value) => sum + value, 0) / N;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / N;
  return { mean, cv: Math.sqrt(variance) / mean, least: Math.min(...values) };
}

describe('thinkMs', () => {
  it.each([
    [{ law: 'constant', meanMs: 300, cv: 9 }, 0],
    [{ law: 'exponential', meanMs: 300, cv: 9 }, 1],
    [{ law: 'lognormal', meanMs: 300, cv: 0.6 }, 0.6],
    [{ law: 'lognormal', meanMs: 300, cv: 0 }, 0],
  ] as const)('has the mean and the cv of its law: %j', (law, cv) => {
    const drawn = draws(law);
    expect(drawn.mean).toBeGreaterThan(300 * 0.98);
    expect(drawn.mean).toBeLessThan(300 * 1.02);
    expect(Math.abs(drawn.cv - cv)).toBeLessThan(0.02);
    expect(drawn.least).toBeGreaterThanOrEqual(0);
  });
});
