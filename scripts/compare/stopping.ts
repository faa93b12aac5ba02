import { type Random, random } from '../../contracts/random.ts';
import { normalDraw } from '../foundation/statistics/normal-draw.ts';

/** What is known of a statistic when a comparison in stages stops: its difference on a log scale, and how well. */
export interface Stopped {
  readonly difference: number;
  readonly standardError: number;
  readonly pairs: number;
}

/** At a look, from which difference on the comparison ends as slower, and up to which as surely within the tolerance. */
export interface Bound {
  readonly slower: number;
  readonly clear: number;
}

const PATHS = 2_000;

/**
 * The median-unbiased estimate of a difference at which a comparison stopped: that for which a result as extreme as this
 * one is as likely as not. Extreme is an earlier stop for being slower, then a larger difference: the stage-wise ordering
 * of A. A. Tsiatis, G. L. Rosner, C. R. Mehta, Biometrics 40 (1984). By simulation of the looks before; seeded.
 */
export function unbiased(stopped: Stopped, boundAt: (look: Stopped['pairs'], standardError: number) => Bound): number {
  const { difference, standardError, pairs } = stopped;
  if (!(standardError > 0)) return difference;
  const spread = standardError * Math.sqrt(pairs);
  const bounds = Array.from({ length: pairs - 1 }, (_, i) => boundAt(i + 1, spread / Math.sqrt(i + 1)));
  const draw = random(1, pairs);
  const enough = Float64Array.from({ length: PATHS }, () => leastDrift({ difference, spread, bounds }, draw)).sort();
  return ((enough[PATHS / 2 - 1] ?? 0) + (enough[PATHS / 2] ?? 0)) / 2;
}

interface Course {
  readonly difference: number;
  /** Standard deviation of the difference of one pair. */
  readonly spread: number;
  readonly bounds: readonly Bound[];
}

/** The true difference from which on one course of chance would have led to a result as extreme, or more. */
function leastDrift({ difference, spread, bounds }: Course, draw: Random): number {
  let [chance, goesOn, least] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [index, { slower, clear }] of bounds.entries()) {
    chance += spread * normalDraw(draw);
    const error = chance / (index + 1);
    goesOn = Math.max(goesOn, clear - error);
    least = Math.min(least, Math.max(slower - error, goesOn));
  }
  const error = (chance + spread * normalDraw(draw)) / (bounds.length + 1);
  return Math.min(least, Math.max(difference - error, goesOn));
}
