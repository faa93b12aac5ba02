import type { Estimate } from '../../contracts/generated/arrivals.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import { TAIL, unknown } from './estimate.ts';

/** Of an hour of the week. */
export interface Cell {
  readonly count: number;
  readonly hours: number;
}

/**
 * Of a day, what its hours tell of the variance around the same hours of the weeks before it (contrasts of Helmert: of
 * independent days they are uncorrelated, however few weeks there are).
 */
export interface DayContrast {
  /** Squares of the differences beyond a Poisson process, and what they are for a rate that varies by its mean. */
  excess: number;
  square: number;
  /** Variance of a Poisson process. */
  noise: number;
  /** Of all hours of the day together: its square is a part of the variance of the number of all conversations. */
  total: number;
}

interface HourOfDay {
  readonly day: number;
  /** Of the week. */
  readonly hour: number;
  /** Conversations, without growth. */
  readonly count: number;
}

/** Contrasts of the days of a series, in its order; the first of each day of the week has none. */
export function dayContrasts(hours: readonly HourOfDay[], cells: readonly Cell[]): DayContrast[] {
  const before = cells.map(() => ({ n: 0, mean: 0 }));
  const days = new Map<number, DayContrast>();
  for (const { day, hour, count } of hours) {
    const [cell, past] = [cells[hour], before[hour]];
    if (cell === undefined || past === undefined) continue;
    const { n, mean } = past;
    past.n += 1;
    past.mean += (count - mean) / past.n;
    if (n === 0) continue;
    const difference = (count - mean) * Math.sqrt(n / (n + 1));
    const rate = cell.count / cell.hours;
    const sums = days.get(day) ?? { excess: 0, square: 0, noise: 0, total: 0 };
    days.set(day, sums);
    sums.excess += difference ** 2 - rate;
    sums.square += rate * rate - rate / cell.hours;
    sums.noise += rate;
    sums.total += difference * Math.sqrt(cell.hours / (cell.hours - 1));
  }
  return [...days.values()];
}

/** Fewer conversations do not show how their number varies. */
const LEAST_CONVERSATIONS = 50;
/** A larger bound says nothing. */
const MOST = 1_000;

/**
 * The squared coefficient of variation v of the hourly rate: counts of an hour of the week vary by mu + v mu^2. A ratio of
 * unbiased moments. Its error is that of leaving out one day (jackknife), with the degrees of freedom of days of unequal weight
 * (Satterthwaite); the interval is that of the logarithm of the variance, which is skewed.
 */
export function dispersionOf(days: readonly DayContrast[], cells: readonly Cell[]): Estimate {
  const [hours, conversations] = cells.reduce(([h, n], cell) => [h + cell.hours, n + cell.count], [0, 0]);
  const weeks = hours / cells.length;
  const sum = (of: (day: DayContrast) => number): number => days.reduce((total, day) => total + of(day), 0);
  const square = sum((day) => day.square);
  if (weeks < 2 || conversations < LEAST_CONVERSATIONS || square <= 0) return unknown(hours);
  const ratio = sum((day) => day.excess) / square;
  const noise = sum((day) => day.noise) / square;
  const influence = (day: DayContrast): number => (day.excess - ratio * day.square) / (1 - day.square / square);
  const error = Math.sqrt(sum((day) => influence(day) ** 2)) / square;
  const freedom = Math.max(1, freedomOf(days.map((day) => day.square)) - 1);
  const variance = Math.max(0, ratio) + noise;
  const reach = Math.exp((criticalValue(TAIL, freedom) * error) / variance);
  // The square of an estimated rate is too large by its variance.
  const corrected = (value: number): number => Math.max(0, value) / (1 - Math.min(0.5, Math.max(0, value / weeks)));
  const bound = (value: number): number | null => (corrected(value) <= MOST ? corrected(value) : null);
  return {
    n: hours,
    value: corrected(ratio),
    lower: bound(variance / reach - noise),
    upper: bound(variance * reach - noise),
  };
}

/** Degrees of freedom of squares of unequal weight (Satterthwaite). */
export function freedomOf(weights: readonly number[]): number {
  const [sum, squares] = weights.reduce(([s, q], weight) => [s + weight, q + weight ** 2], [0, 0]);
  return squares === 0 ? 0 : sum ** 2 / squares;
}
