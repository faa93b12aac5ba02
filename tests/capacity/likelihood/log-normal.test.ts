import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { drawLaw, lawOf } from '../../../scripts/capacity/likelihood/law.ts';
import { isLogNormal } from '../../../scripts/capacity/likelihood/log-normal.ts';
import { logNormal } from '../../../scripts/proofs/bench/queue-run.ts';
import { exponential, mixture, pareto } from '../../../scripts/proofs/capacity/simulate/systems.ts';

const WIDE = logNormal(1_000, 2);
const sample = (service: (draw: () => number) => number, seed: number, count = 1_000): Float64Array => {
  const draw = random(seed);
  return Float64Array.from({ length: count }, () => service(draw)).sort();
};
/** Of 40 samples, how many pass. */
const passes = (service: (draw: () => number) => number): number =>
  Array.from({ length: 40 }, (_, seed) => seed).filter((seed) => isLogNormal(sample(service, seed), 0)).length;

describe('isLogNormal', () => {
  it.each([0.3, 1, 2])('passes most samples that are, of cv %d', (cv) => {
    expect(passes(logNormal(1_000, cv))).toBeGreaterThan(28);
  });

  it.each([
    ['exponential', exponential(1_000)],
    ['Pareto', pareto(1_000, 2.5)],
    ['two classes', mixture(logNormal(1_000, 0.3), logNormal(4_000, 0.3), 0.2)],
    ['uniform', (draw: () => number) => 500 + 1_000 * draw()],
    ['some that hang', mixture(logNormal(1_000, 0.5), logNormal(15_000, 0.5), 0.02)],
  ])('passes none that are not: %s', (_, service) => {
    expect(passes(service)).toBe(0);
  });

  it('passes nothing of which too little is known', () => {
    const works = Float64Array.from({ length: 1_000 }, (_, i) => Math.exp((i % 40) / 20)).sort();
    expect(isLogNormal(sample(WIDE, 1, 299), 0)).toBe(false);
    expect(isLogNormal(works, 100)).toBe(false);
    expect(isLogNormal(Float64Array.from([0, ...works]), 0)).toBe(false);
  });
});

describe('a law that is drawn as log-normal', () => {
  const mean = (law: Float64Array): number => law.reduce((sum, it) => sum + it, 0) / law.length;
  const second = (law: Float64Array): number => mean(law.map((it) => it * it));
  const spread = (of: (works: Float64Array, seed: number) => Float64Array): number => {
    const logs = Array.from({ length: 60 }, (_, seed) => Math.log(second(of(sample(WIDE, seed), seed))));
    const centre = logs.reduce((sum, it) => sum + it, 0) / logs.length;
    return Math.sqrt(logs.reduce((sum, it) => sum + (it - centre) ** 2, 0) / logs.length);
  };

  it('has the mean of the works, and varies less in what queues come from', () => {
    const works = sample(WIDE, 3, 4_000);
    expect(mean(drawLaw(lawOf([...works], []), undefined, 'log-normal')) / 1_000).toBeCloseTo(1, 1);
    const observed = spread((it) => drawLaw(lawOf([...it], [])));
    expect(spread((it) => drawLaw(lawOf([...it], []), undefined, 'log-normal'))).toBeLessThan(0.6 * observed);
  });
});
