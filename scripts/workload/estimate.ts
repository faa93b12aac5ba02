import { compiled, igami } from 'cephes';
import type { Estimate, NamedShare } from '../../contracts/generated/arrivals.ts';
import { share } from '../foundation/statistics/share.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import type { RatioSums } from './tally.ts';

await compiled;

const TAIL = 0.025;

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
 * A rate of `count` events in `hours`, whose variance is `factor` times that of a Poisson process (Garwood's interval on the
 * count over the factor).
 */
export function rateEstimate(count: number, hours: number, factor: number): Estimate {
  if (hours === 0) return unknown(0);
  const effective = count / factor;
  const lower = effective === 0 ? 0 : (igami(effective, 1 - TAIL) * factor) / hours;
  return { n: hours, value: count / hours, lower, upper: (igami(effective + 1, TAIL) * factor) / hours };
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
