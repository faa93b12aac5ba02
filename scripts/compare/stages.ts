import type { Effect } from '../../contracts/generated/comparison.ts';
import { tailBelow } from '../foundation/statistics/normal.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from './interleave/chosen.ts';

/** The plan of a comparison in stages: a look after each pair of runs, of so many at most. */
export interface Stages {
  readonly pairs: number;
}

/** A look at a comparison in stages: so many pairs of runs are there, of so many at most. */
export interface Look {
  readonly pairs: number;
  readonly of: number;
}

/** One-sided levels at which something is sure; at a look far smaller than the error of the whole comparison. */
export interface Levels {
  readonly regression: Readonly<Record<Effect['metric'], number>>;
  /** That p95 is within the tolerance. */
  readonly clear: number;
  readonly errors: number;
}

/** Fewer pairs have no spread worth a test. */
const LEAST_PAIRS = 3;

/**
 * Boundaries as normal quantiles, at the share t of the pairs: C / sqrt(t) after P. C. O'Brien and T. R. Fleming, Biometrics
 * 35 (1979), which asks much of early looks and hardly anything of the last one; and nearly level for the mean, which
 * tells a change of all answers early. A quantile is taken of the t distribution of its look (C. Jennison, B. W. Turnbull,
 * Group Sequential Methods, 2000, ch. 11). The constants are calibrated by simulation of these very tests, a look a pair:
 * `npm run sim:compare -- calibrate` (docs/comparison.md).
 */
const MEAN = { constant: 3.15, power: 0.05 };
const P95 = 2.25;
const CLEAR = 1.95;
/** Fisher's test is exact, and looks overlap. */
const ERRORS = 0.0005;

/** Errors of the whole comparison that the boundaries spend: of a false regression by mean and by p95, of a false pass. */
export const SPENT = { 'latency.mean': 0.015, 'latency.p95': 0.025, clear: 0.05 } as const;

/** The levels of a look. */
export function levelsAt({ pairs, of }: Look): Levels {
  const share = pairs / of;
  const level = (quantile: number): number => (pairs < LEAST_PAIRS ? 0 : tailBelow(-quantile));
  return {
    regression: {
      'latency.mean': level(MEAN.constant * share ** MEAN.power),
      'latency.p95': level(P95 / Math.sqrt(share)),
    },
    clear: level(CLEAR / Math.sqrt(share)),
    errors: ERRORS,
  };
}

/** User turns of the comparison of fixed size that finds a p95 slower by 10 % nine times in ten (docs/comparison.md). */
export const FIXED_TURNS = 2 * CHOSEN_PAIRS * CHOSEN_TURNS;
