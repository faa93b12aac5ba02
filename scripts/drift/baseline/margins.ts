import { mean as meanOf } from '../../foundation/statistics/moments.ts';
import type { Metric, Point } from './metrics.ts';

/** How the runs of a quiet service vary, beside what their replies alone do: by 7 %, or by three points of a share of a half. */
const QUIET: Readonly<Record<Metric['unit'], number>> = { ratio: 0.07, difference: 0.03 };
/** What that is worth, in runs. */
const PRIOR_DF = 10;

/** What a smallest shown effect is computed from: mean of the baselines, standard error and its degrees of freedom. */
export interface Margins {
  readonly mean: number;
  readonly standardError: number;
  readonly df: number;
}

/**
 * The difference of the mean of k runs from that of m others: it varies by s^2 (1/k + 1/m), with m + k - 2 degrees of freedom,
 * where each had as many replies; runs with fewer vary by as much more as their own replies do. Five runs tell little of s:
 * where they agree as well as those of a quiet service do, its spread is a second way to know it, with the freedom of more
 * runs (a moderated t: G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 3, 2004).
 */
export function marginsOf(
  now: readonly Point[],
  before: readonly Point[],
  { unit, quiet = QUIET[unit] }: Pick<Metric, 'unit' | 'quiet'>,
): readonly [Margins, Margins?] {
  const [k, m] = [now.length, before.length];
  const mean = meanOf(before.map(({ value }) => value));
  const df = m + k - 2;
  const between = (squaresOf(before) + squaresOf(now)) / df;
  const [within, own] = [before, now].map((points) => meanOf(points.map(({ variance }) => variance))) as [
    number,
    number,
  ];
  const of = (variance: number, freedom: number): Margins => {
    const standardError = Math.sqrt(variance * (1 / k + 1 / m) + Math.max(0, own - within) / k);
    return { mean, standardError, df: freedom };
  };
  const usual = within + quiet ** 2;
  const alone = of(Math.max(between, within), df);
  return between <= usual ? [alone, of(usual, df + PRIOR_DF)] : [alone];
}

/** About their own mean. */
function squaresOf(points: readonly Point[]): number {
  const mean = meanOf(points.map(({ value }) => value));
  return points.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
}
