import type { Estimate } from '../../../contracts/generated/result.ts';
import { binomialQuantile } from '../../foundation/statistics/binomial.ts';
import { designEffect } from '../../foundation/statistics/design-effect.ts';
import { ALPHA, leastSample } from '../../foundation/statistics/least-sample.ts';
import { FATE, type Sample } from './sample.ts';

/** n / deff of whole numbers may miss a whole number by this. */
const ROUNDING = 1e-9;

/** A percentile and its 95 % interval; Infinity where it falls among turns without an answer, or where it has no bound. */
export interface Interval {
  readonly point: number;
  readonly lower: number;
  readonly upper: number;
}

/** A percentile as the judge needs it. */
export interface Percentile {
  readonly q: number;
  readonly n: number;
  /** Size of an independent sample that would tell as much. */
  readonly nEffective: number;
  /** With cut turns as longer than any answer. */
  readonly worst: Interval;
  /** With cut turns as long as they were watched. */
  readonly best: Interval;
  /** With every turn as long as it was watched: the truth is not below. */
  readonly floor: Interval;
}

/** The same latencies sorted, for any number of percentiles. */
export interface Ranked {
  readonly sample: Sample;
  readonly worst: Float64Array;
  readonly best: Float64Array;
  readonly floor: Float64Array;
}

export function rank(sample: Sample): Ranked {
  const { ms } = sample;
  const floor = ms.slice().sort();
  const { unfinished, lost } = unansweredOf(sample);
  if (unfinished.length === 0) return { sample, worst: floor, best: floor, floor };
  const worst = endless(floor, unfinished);
  // A large sample costs as much memory again for each of them.
  const best = lost.length === unfinished.length ? worst : lost.length === 0 ? floor : endless(floor, lost);
  return { sample, worst, best, floor };
}

/** Latencies of turns without an answer, and of those of them that gave up, sorted. */
function unansweredOf({ ms, fate }: Sample): Record<'unfinished' | 'lost', Float64Array> {
  const [unfinished, lost]: [number[], number[]] = [[], []];
  for (let i = 0; i < ms.length; i++) {
    const each = fate[i];
    if (each === FATE.answered) continue;
    unfinished.push(ms[i] ?? 0);
    if (each === FATE.gaveUp) lost.push(ms[i] ?? 0);
  }
  return { unfinished: new Float64Array(unfinished).sort(), lost: new Float64Array(lost).sort() };
}

/** Sorted values, of which some, sorted as well, never end. */
function endless(sorted: Float64Array, some: Float64Array): Float64Array {
  const values = new Float64Array(sorted.length).fill(Number.POSITIVE_INFINITY);
  let [kept, met] = [0, 0];
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] ?? 0;
    if (value === some[met]) met += 1;
    else values[kept++] = value;
  }
  return values;
}

/** Sample quantile with linear interpolation (type 7 of Hyndman and Fan); NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? low;
  // Between an answer and none there is no middle; and Infinity minus itself is no number.
  return high === low || position === below ? low : low + (position - below) * (high - low);
}

/** Gates, tables and levels ask for the same ones. */
const known = new WeakMap<Ranked, Map<number, Percentile>>();

/** The percentile q with an interval by order statistics on the effective sample (capacity planning rule: n / deff). */
export function percentile(ranked: Ranked, q: number): Percentile {
  const found = known.get(ranked) ?? new Map<number, Percentile>();
  known.set(ranked, found);
  const percentile = found.get(q) ?? percentileOf(ranked, q);
  found.set(q, percentile);
  return percentile;
}

function percentileOf({ sample, worst, best, floor }: Ranked, q: number): Percentile {
  const n = worst.length;
  const nEffective = n === 0 ? 0 : n / effectAt(sample, quantile(worst, q));
  const m = Math.floor(nEffective + ROUNDING);
  const [l, u] = orderRanks(m, q);
  // Interpolation may take the point, not the ranks, past the last answer: the interval holds it all the same.
  const at = (sorted: Float64Array): Interval => {
    const point = quantile(sorted, q);
    const lower = sorted[Math.floor((l * n) / m) - 1] ?? Number.NEGATIVE_INFINITY;
    const upper = sorted[Math.ceil((u * n) / m) - 1] ?? Number.POSITIVE_INFINITY;
    return { point, lower: Math.min(lower, point), upper: Math.max(upper, point) };
  };
  return { q, n, nEffective, worst: at(worst), best: at(best), floor: at(floor) };
}

/**
 * The design effect of "took longer than the percentile", in time order.
 * Equal latencies may all stand on one side of it: then "took as long" tells too, and the stronger clustering counts.
 */
function effectAt({ ms, fate }: Sample, point: number): number {
  const longer = new Uint8Array(ms.length);
  const asLong = new Uint8Array(ms.length);
  let ties = 0;
  for (let i = 0; i < ms.length; i++) {
    const value = fate[i] === FATE.answered ? (ms[i] ?? 0) : Number.POSITIVE_INFINITY;
    longer[i] = value > point || value === Number.POSITIVE_INFINITY ? 1 : 0;
    asLong[i] = value >= point ? 1 : 0;
    if (longer[i] !== asLong[i]) ties += 1;
  }
  return ties > 1 ? Math.max(designEffect(longer), designEffect(asLong)) : designEffect(longer);
}

/**
 * Ranks l and u such that the quantile q lies between the l-th and the u-th of m independent values with 95 % confidence;
 * l = 0 or u > m where the sample is too small for that side.
 * H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., 7.1.
 */
export function orderRanks(m: number, q: number): readonly [lower: number, upper: number] {
  return [binomialQuantile(ALPHA / 2, m, q), binomialQuantile(1 - ALPHA / 2, m, q) + 1];
}

/** A percentile as a result shows it: not known below the sample it needs, censored where answers are missing. */
export function estimate({ q, nEffective, worst, floor }: Percentile, needs = leastSample(q)): Estimate {
  const censored = worst.point === Number.POSITIVE_INFINITY;
  const lower = finite(worst.lower) ?? finite(floor.lower);
  const upper = finite(worst.upper);
  if (!isEnough(nEffective, needs)) return { value: null, lower, upper, needs, nEffective };
  return censored
    ? { value: floor.point, lower, upper, censored, nEffective }
    : { value: worst.point, lower, upper, nEffective };
}

/** Whether an effective sample is enough, but for rounding. */
export function isEnough(nEffective: number, needs: number): boolean {
  return nEffective >= needs - ROUNDING;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
