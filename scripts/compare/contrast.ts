import { mean, variance } from '../foundation/statistics/moments.ts';

/** A difference of two arms on a log scale, and how well it is known. */
export interface Contrast {
  /** Candidate minus baseline. */
  readonly difference: number;
  readonly standardError: number;
  /** Degrees of freedom of the standard error. */
  readonly df: number;
  readonly isPaired: boolean;
}

const LEAST_PAIRS = 8;
/** Runs are worth pairing where they surely vary together: on identical schedules and contents they may. In standard errors of a correlation of none. */
const SURELY = 1.7;

/** Contrast of interleaved runs, in order of time: paired where they vary together, else Welch's. */
export function contrast(baseline: readonly number[], candidate: readonly number[]): Contrast {
  const pairs = baseline.length;
  const canPair = candidate.length === pairs && pairs >= LEAST_PAIRS;
  return canPair && correlation(baseline, candidate) * Math.sqrt(pairs) > SURELY
    ? paired(baseline, candidate)
    : welch(baseline, candidate);
}

function paired(baseline: readonly number[], candidate: readonly number[]): Contrast {
  const differences = candidate.map((value, i) => value - (baseline[i] ?? Number.NaN));
  return {
    difference: mean(differences),
    standardError: Math.sqrt(variance(differences) / differences.length),
    df: differences.length - 1,
    isPaired: true,
  };
}

/** B. L. Welch, Biometrika 34 (1947); degrees of freedom after Satterthwaite. */
export function welch(baseline: readonly number[], candidate: readonly number[]): Contrast {
  const a = variance(baseline) / baseline.length;
  const b = variance(candidate) / candidate.length;
  const df = (a + b) ** 2 / (a ** 2 / (baseline.length - 1) + b ** 2 / (candidate.length - 1));
  return {
    difference: mean(candidate) - mean(baseline),
    standardError: Math.sqrt(a + b),
    df: Number.isNaN(df) ? baseline.length + candidate.length - 2 : df,
    isPaired: false,
  };
}

/** A candidate of one day against baseline days: its day is one more draw from how days vary. */
export function againstDays(baselineDays: readonly number[], candidate: readonly number[]): Contrast {
  return {
    difference: mean(candidate) - mean(baselineDays),
    standardError: Math.sqrt(variance(baselineDays) * (1 + 1 / baselineDays.length)),
    df: baselineDays.length - 1,
    isPaired: false,
  };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = a.reduce((sum, value, i) => sum + (value - meanA) * ((b[i] ?? meanB) - meanB), 0) / (a.length - 1);
  return covariance / Math.sqrt(variance(a) * variance(b));
}
