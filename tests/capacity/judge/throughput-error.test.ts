import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { saturationInterval, throughputError } from '../../../scripts/capacity/judge/throughput-error.ts';
import type { ClosedStep } from '../../../scripts/capacity/measure/closed-step.ts';

const step = (given: Partial<ClosedStep> = {}): ClosedStep => ({
  concurrency: 8,
  n: 116,
  throughput: 20,
  errors: 0,
  bad: 0,
  latenciesMs: [200, 600],
  ...given,
});

describe('throughputError', () => {
  it.each([
    ['the variation of the answer times, by the answers between filling and draining', {}, 100, 0.5 / 10],
    ['no less than one answer, where all take as long', { latenciesMs: [300, 300] }, 100, 1 / 100],
  ])('is %s', (_, given, answers, error) => {
    const found = throughputError(step(given));
    expect(found?.answers).toBe(answers);
    // Two answer times have a standard deviation of 200 or 283 ms around 400, by their population or their sample.
    expect(found?.error).toBeGreaterThan(0.9 * error);
    expect(found?.error).toBeLessThan(1.5 * error);
  });

  it.each([
    ['no answer between filling and draining', { n: 17 }],
    ['no throughput', { throughput: 0 }],
  ])('is not known with %s', (_, given) => expect(throughputError(step(given))).toBeUndefined());
});

describe('saturationInterval', () => {
  it('is that of the latest step with this throughput, around it', () => {
    const [lower = 0, upper = 0] = saturationInterval([step({ n: 32 }), step()], { saturated: 20, cv: 1 }) ?? [];
    expect(lower * upper).toBeCloseTo(400);
    expect(upper / 20).toBeCloseTo(Math.exp(1.645 / 10));
  });

  it.each([
    ['nothing saturated', null],
    ['no step had it', 21],
  ])('is not known where %s', (_, saturated) => expect(saturationInterval([step()], { saturated, cv: 1 })).toBeNull());

  it('holds the throughput of a service with six places in 85 to 95 of 100 saturated steps', () => {
    const draw = random(1, 1);
    let held = 0;
    for (let round = 0; round < 400; round++) {
      const { closed, cv } = saturatedStep(draw);
      const [lower = 0, upper = 0] = saturationInterval([closed], { saturated: closed.throughput, cv }) ?? [];
      if (lower <= 20 && upper >= 20) held += 1;
    }
    expect(held / 400).toBeGreaterThan(0.85);
    expect(held / 400).toBeLessThan(0.95);
  });
});

/** Sixteen turns in flight at six places of 300 ms each, exponential: 20 answers a second. */
function saturatedStep(draw: () => number): { closed: ClosedStep; cv: number } {
  const [places, concurrency, n] = [6, 16, 132];
  const free = Array.from({ length: places }, () => 0);
  const arrivals = Array.from({ length: concurrency }, () => 0);
  const [ends, latenciesMs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < n; turn++) {
    const place = free.indexOf(Math.min(...free));
    const arrival = arrivals.shift() ?? 0;
    const end = Math.max(arrival, free[place] ?? 0) - 300 * Math.log(1 - draw());
    free[place] = end;
    ends.push(end);
    latenciesMs.push(end - arrival);
    arrivals.push(end);
    arrivals.sort((a, b) => a - b);
  }
  ends.sort((a, b) => a - b);
  const [from = 0, to = 1] = [ends[concurrency - 1], ends[n - concurrency - 1]];
  const throughput = ((n - 2 * concurrency) * 1000) / (to - from);
  return { closed: { concurrency, n, throughput, errors: 0, bad: 0, latenciesMs }, cv: 1 };
}
