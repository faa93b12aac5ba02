import { compiled, igami, incbi } from 'cephes';
import type { Estimate, NamedShare } from '../../contracts/generated/arrivals.ts';
import { share } from '../foundation/statistics/share.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import type { RatioSums } from './tally.ts';

await compiled;

/** Beyond each end of an interval. */
export const TAIL = 0.025;

export const unknown = (n: number): Estimate => ({ n, value: null, lower: null, upper: null });

/** A value with its standard error: the interval of Student's t. */
export function studentEstimate(n: number, value: number, error: number, df: number): Estimate {
  const reach = criticalValue(TAIL, df) * error;
  if (!Number.isFinite(value)) return unknown(n);
  if (!Number.isFinite(reach)) return { n, value, lower: null, upper: null };
  return { n, value, lower: value - reach, upper: value + reach };
}

/** A mean over turns or pauses whose conversations are the independent units (linearised ratio estimator). */
export function ratioEstimate({ conversations, n, sum, nn, sumSum, nSum }: RatioSums): Estimate {
  if (n === 0) return unknown(0);
  const value = sum / n;
  const squares = Math.max(0, sumSum - 2 * value * nSum + value * value * nn);
  const error = (Math.sqrt(squares) * Math.sqrt(conversations / (conversations - 1))) / n;
  const { lower, upper } = studentEstimate(n, value, error, conversations - 1);
  return { n, value, lower: lower === null ? null : Math.max(0, lower), upper };
}

/**
 * A rate of `count` events in `hours`, a negative binomial number with the variance mu + mu^2 / size, or a Poisson one without
 * `size`: the rates with which neither so many nor so few events are rarer than 2.5 %.
 */
export function rateEstimate(count: number, hours: number, size = Number.POSITIVE_INFINITY): Estimate {
  if (hours === 0) return unknown(0);
  const lower = count === 0 ? 0 : meanBeyond(count, size, 1 - TAIL) / hours;
  return { n: hours, value: count / hours, lower, upper: meanBeyond(count + 1, size, TAIL) / hours };
}

/** A larger size, for each event, makes no difference. */
const POISSON = 1e6;
/** Of smaller sizes cephes does not compute bounds reliably. */
const LEAST_SIZE = 0.1;

/** The mean of which `count` events or more have the probability 1 - `tail`. */
function meanBeyond(count: number, size: number, tail: number): number {
  if (size > POISSON * count) return gammaQuantile(count, tail);
  const shape = Math.max(size, LEAST_SIZE);
  const p = incbi(shape, count, tail);
  return (shape * (1 - p)) / p;
}

/** Of larger shapes the approximation of Wilson and Hilferty is exact to one part in a million; cephes fails on some of them. */
const LARGE = 1_000;
/** Of the standard normal: exceeded with probability TAIL. */
export const NORMAL = 1.959964;

/** What a gamma variate of this shape exceeds with probability `tail`, TAIL or 1 - TAIL. */
function gammaQuantile(shape: number, tail: number): number {
  if (shape < LARGE) return igami(shape, tail);
  const z = tail < 0.5 ? NORMAL : -NORMAL;
  return shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}

/** Shares of names, the most frequent first; those of fewer than `least` are `rest`. */
export function namedShares(
  counts: ReadonlyMap<string, number>,
  isShown: (name: string, k: number) => boolean,
  rest: string,
): NamedShare[] {
  const merged = new Map<string, number>();
  let n = 0;
  for (const [name, k] of counts) {
    const shown = isShown(name, k) ? name : rest;
    merged.set(shown, (merged.get(shown) ?? 0) + k);
    n += k;
  }
  return [...merged]
    .sort(([a, j], [b, k]) => k - j || a.localeCompare(b))
    .map(([name, k]) => ({ name, ...share(k, n) }));
}
