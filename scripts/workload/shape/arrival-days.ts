import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import { random } from '../../../contracts/random.ts';
import { chance, type Difference, shuffle } from './two-sample.ts';

const DAY_HOURS = 24;
const HOUR_MS = 3_600_000;
const WEEK_DAYS = 7;
/** The first Monday of the epoch. */
const MONDAY = 4;
/** Fewer arrangements of days cannot tell a difference from chance. */
const LEAST_ARRANGEMENTS = 1_000;

/** The counts of the days of both sides that are the same day of the week; of each whether it is in A. */
interface Stratum {
  readonly days: readonly (readonly number[])[];
  readonly inA: Uint8Array;
}

export interface ArrivalDifferences {
  /** Distance: the logarithm of the ratio of the means. */
  readonly level: Difference;
  /** Of the shares of the hours of the week. Distance: total variation. */
  readonly pattern: Difference;
}

/**
 * Permutation tests whose units are whole days (UTC), which change places with those of the same day of the week only.
 * @returns undefined where there are too few days
 */
export function arrivalDifferences(a: Arrivals, b: Arrivals, seed: number): ArrivalDifferences | undefined {
  const strata = strataOf(daysOf(a), daysOf(b));
  const arrangements = strata.reduce((product, { days, inA }) => product * choose(days.length, ofA(inA)), 1);
  if (arrangements < LEAST_ARRANGEMENTS) return undefined;
  const level = permuted(strata, levelDistance, seed);
  // Days of another level have another pattern only beyond it.
  const [meanA, meanB] = profiles(strata).map(total) as [number, number];
  const scaled = strata.map(({ days, inA }) => ({
    inA,
    days: days.map((counts, index) => counts.map((count) => count / ((inA[index] === 1 ? meanA : meanB) || 1))),
  }));
  return { level, pattern: permuted(scaled, patternDistance, seed) };
}

/** By the day of the week. */
function daysOf({ hours: { from, counts } }: Arrivals): number[][][] {
  const first = Date.parse(from) / HOUR_MS;
  const byWeekday: number[][][] = Array.from({ length: WEEK_DAYS }, () => []);
  for (let at = (DAY_HOURS - (first % DAY_HOURS)) % DAY_HOURS; at + DAY_HOURS <= counts.length; at += DAY_HOURS) {
    const day = (first + at) / DAY_HOURS - MONDAY;
    byWeekday[((day % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS]?.push(counts.slice(at, at + DAY_HOURS));
  }
  return byWeekday;
}

function strataOf(a: readonly number[][][], b: readonly number[][][]): Stratum[] {
  return a.flatMap((days, weekday) => {
    const others = b[weekday] ?? [];
    if (days.length === 0 || others.length === 0) return [];
    return [{ days: [...days, ...others], inA: Uint8Array.from([...days.map(() => 1), ...others.map(() => 0)]) }];
  });
}

const ofA = (inA: Uint8Array): number => inA.reduce((sum, it) => sum + it, 0);

function choose(n: number, k: number): number {
  let product = 1;
  for (let at = 1; at <= k; at++) product *= (n - k + at) / at;
  return product;
}

function permuted(strata: readonly Stratum[], distance: (strata: readonly Stratum[]) => number, seed: number) {
  const next = random(seed, 0x7b);
  const drawn = strata.map(({ days, inA }) => ({ days, inA: Uint8Array.from(inA) }));
  return chance(distance(strata), () => {
    for (const { inA } of drawn) shuffle(inA, next);
    return distance(drawn);
  });
}

/** Mean counts of the hours of the days of the week that both sides have. */
function profiles(strata: readonly Stratum[]): [a: Float64Array, b: Float64Array] {
  const a = new Float64Array(strata.length * DAY_HOURS);
  const b = new Float64Array(a.length);
  for (const [index, { days, inA }] of strata.entries()) {
    const sizes = [days.length - ofA(inA), ofA(inA)];
    for (const [day, counts] of days.entries()) {
      const side = inA[day] ?? 0;
      const [means, size] = [side === 1 ? a : b, sizes[side] ?? 1];
      for (let hour = 0; hour < DAY_HOURS; hour++) {
        const cell = index * DAY_HOURS + hour;
        means[cell] = (means[cell] ?? 0) + (counts[hour] ?? 0) / size;
      }
    }
  }
  return [a, b];
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Keeps an empty side comparable. */
const NEARLY_NOTHING = 0.5;

function levelDistance(strata: readonly Stratum[]): number {
  const [a, b] = profiles(strata).map((profile) => total(profile) + NEARLY_NOTHING) as [number, number];
  return Math.abs(Math.log(a / b));
}

function patternDistance(strata: readonly Stratum[]): number {
  const [a, b] = profiles(strata);
  const [sumA, sumB] = [total(a) || 1, total(b) || 1];
  let away = 0;
  for (let cell = 0; cell < a.length; cell++) away += Math.abs((a[cell] ?? 0) / sumA - (b[cell] ?? 0) / sumB);
  return away / 2;
}
