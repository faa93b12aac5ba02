import { describe, expect, it } from 'vitest';
import { law } from '../../scripts/reference-server/generation/law.ts';
import { random } from '../../scripts/reference-server/random.ts';
import { mean } from './simulate.ts';

describe('laws', () => {
  const draws = (option: Parameters<typeof law>[0], count = 200_000) => {
    const [drawn, next] = [law(option), random(11)];
    return Array.from({ length: count }, () => drawn(next));
  };

  it.each([
    ['constant', { law: 'constant', meanMs: 50 }, 50, 0],
    ['exponential', { law: 'exponential', meanMs: 50 }, 50, 1],
    ['log-normal', { law: 'log-normal', meanMs: 50, cv: 0.6 }, 50, 0.6],
    ['log-normal without spread', { law: 'log-normal', meanMs: 50, cv: 0 }, 50, 0],
    ['empirical', { law: 'empirical', latenciesMs: [10, 30] }, 20, 0.5],
    [
      'mixture',
      {
        law: 'mixture',
        parts: [
          { weight: 3, service: { law: 'constant', meanMs: 10 } },
          { weight: 1, service: { law: 'constant', meanMs: 50 } },
        ],
      },
      20,
      Math.sqrt(300) / 20,
    ],
  ] as const)('%s has its mean and its coefficient of variation', (_, option, expected, cv) => {
    const values = draws(option as Parameters<typeof law>[0]);
    expect(mean(values) / expected).toBeCloseTo(1, 2);
    const deviation = Math.sqrt(mean(values.map((value) => (value - expected) ** 2)));
    expect(deviation / expected).toBeCloseTo(cv, 1.5);
  });

  it('exponential and log-normal are never negative nor endless', () => {
    for (const value of draws({ law: 'exponential', meanMs: 1 }, 10_000))
      expect(Number.isFinite(value) && value >= 0).toBe(true);
  });
});
