import TinyQueue from 'tinyqueue';
import type { Generation, Schedule } from '../../scripts/reference-server/generation/generation.ts';
import type { Random } from '../../scripts/reference-server/random.ts';

/** One job that went through a generation, in virtual ms. */
export interface Passage {
  readonly arrivedAt: number;
  beganAt: number;
  endedAt: number;
  readonly workMs: number;
}

/** Runs jobs through a generation on a virtual clock: hours of load in a second. Every timer is `lateMs` late. */
export function simulate(
  make: (schedule: Schedule) => Generation,
  arrivals: Iterable<number>,
  work: () => number,
  lateMs = 0,
): Passage[] {
  const timers = new TinyQueue<{ due: number; run: () => void }>([], (a, b) => a.due - b.due);
  const generation = make((due, run) => timers.push({ due, run }));
  const passages: Passage[] = [];
  const runUntil = (at: number): void => {
    for (let next = timers.peek(); next !== undefined && next.due + lateMs <= at; next = timers.peek()) {
      timers.pop();
      next.run();
    }
  };
  for (const arrivedAt of arrivals) {
    runUntil(arrivedAt);
    const passage: Passage = { arrivedAt, beganAt: Number.NaN, endedAt: Number.NaN, workMs: work() };
    passages.push(passage);
    generation.submit({
      workMs: passage.workMs,
      submittedAt: arrivedAt,
      began: (at) => {
        passage.beganAt = at;
      },
      ended: (at) => {
        passage.endedAt = at;
      },
    });
  }
  runUntil(Number.POSITIVE_INFINITY);
  return passages;
}

/** Poisson arrivals: `perSecond` in the mean, `count` of them. */
export function* poisson(perSecond: number, count: number, next: Random): Generator<number> {
  let at = 0;
  for (let index = 0; index < count; index++) {
    at += (-1_000 / perSecond) * Math.log(1 - next());
    yield at;
  }
}

/** Arrivals at even distances. */
export function* even(perSecond: number, count: number): Generator<number> {
  for (let index = 1; index <= count; index++) yield (index * 1_000) / perSecond;
}

/** Exact quantile of a sample. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Standard error of a mean of autocorrelated values, by batch means:
 * the standard deviation of 50 batch means over the root of 50.
 */
export function meanError(values: readonly number[]): number {
  const batches = 50;
  const size = Math.floor(values.length / batches);
  const means = Array.from({ length: batches }, (_, index) => mean(values.slice(index * size, (index + 1) * size)));
  const centre = mean(means);
  return Math.sqrt(mean(means.map((one) => (one - centre) ** 2)) / (batches - 1));
}

export const sojourns = (passages: readonly Passage[]): number[] =>
  passages.map(({ arrivedAt, endedAt }) => endedAt - arrivedAt);

/** What came after the empty start. */
export const steady = <Item>(items: readonly Item[]): Item[] => items.slice(Math.floor(items.length / 20));
