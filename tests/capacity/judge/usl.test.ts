import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { uslOf, uslThroughput } from '../../../scripts/capacity/judge/usl.ts';
import type { ClosedStep } from '../../../scripts/capacity/measure/closed-step.ts';
import { simulateSearch } from '../../../scripts/proofs/capacity/simulate/simulate.ts';
import { SYSTEMS } from '../../../scripts/proofs/capacity/simulate/systems.ts';

interface Law {
  readonly gamma: number;
  readonly alpha: number;
  readonly beta: number;
}

const STEPS = [1, 2, 4, 8, 16, 32, 64];
const throughput = ({ gamma, alpha, beta }: Law, n: number): number =>
  (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));

/** Steps that obey a law; `noise` is the relative error of a throughput. */
function stepsOf(law: Law, { noise = 0, turns = 400, seed = 1, steps = STEPS } = {}): ClosedStep[] {
  const draw = random(seed, 1);
  return steps.map((concurrency) => {
    const x = throughput(law, concurrency) * (1 + noise * (2 * draw() - 1));
    const ms = (1000 * concurrency) / x;
    return { concurrency, n: turns, throughput: x, errors: 0, bad: 0, latenciesMs: [0.5 * ms, ms, 1.5 * ms] };
  });
}

describe('uslOf', () => {
  it('finds the parameters of a law again', () => {
    const parameter = fc.double({ min: 0.001, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), parameter, parameter, (gamma, alpha, beta) => {
        const found = uslOf(stepsOf({ gamma, alpha, beta }));
        expect(found?.gamma).toBeCloseTo(gamma, 6);
        expect(found?.alpha).toBeCloseTo(alpha, 6);
        expect(found?.beta).toBeCloseTo(beta, 6);
        expect(uslThroughput(found ?? never(), 5)).toBeCloseTo(throughput({ gamma, alpha, beta }, 5), 6);
      }),
      { numRuns: 50 },
    );
  });

  it('tells where throughput falls', () => {
    const found = uslOf(stepsOf({ gamma: 2, alpha: 0.02, beta: 0.004 }, { noise: 0.02 }));
    expect(found).toMatchObject({ fits: true, retrograde: true, reach: 128 });
    expect(found?.concurrencyAtPeak).toBeGreaterThan(13);
    expect(found?.concurrencyAtPeak).toBeLessThan(19);
    expect(found?.betaCI[0]).toBeGreaterThan(0);
  });

  it.each([
    ['contention alone', { gamma: 1, alpha: 0.1, beta: 0 }, STEPS],
    ['a peak far beyond what was tried', { gamma: 1, alpha: 0.01, beta: 0.0001 }, [1, 2, 3, 4, 6, 8]],
  ])('says nothing of a fall at %s', (_, law, steps) => {
    expect(uslOf(stepsOf(law, { noise: 0.02, steps }))).toMatchObject({ retrograde: false, concurrencyAtPeak: null });
  });

  it('takes the bend of a queue that fills up for no fall', () => {
    const queue = SYSTEMS.find((it) => it.name === 'MM8') ?? never();
    const found = Array.from({ length: 12 }, (_, seed) =>
      uslOf(simulateSearch(queue, { seed, budget: 600, levelsOnly: true }).closed),
    );
    expect(found.filter((it) => (it?.betaCI[0] ?? 0) > 0).length).toBeGreaterThan(2);
    expect(found.filter((it) => it?.retrograde).length).toBeLessThanOrEqual(1);
  });

  it('never has a negative parameter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const found = uslOf(stepsOf({ gamma: 1, alpha: 0, beta: 0 }, { noise: 0.3, seed }));
        expect(Math.min(found?.gamma ?? 0, found?.alpha ?? 0, found?.beta ?? 0)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it('is nothing for less than five steps, or three numbers of turns in flight', () => {
    expect(uslOf(stepsOf({ gamma: 1, alpha: 0, beta: 0 }, { steps: [1, 2, 4, 8] }))).toBeNull();
    expect(uslOf(stepsOf({ gamma: 1, alpha: 0, beta: 0 }, { steps: [1, 2, 4, 4, 4] }))).toBeNull();
    expect(uslOf([])).toBeNull();
  });
});

function never(): never {
  throw new Error('not found');
}
