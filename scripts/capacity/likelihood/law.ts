import type { Random } from '../../../contracts/random.ts';
import { logNormalQuantiles } from './log-normal.ts';

/** Works as observed: what the law of works is drawn from. */
export interface Law {
  /** Ascending. */
  readonly works: Float64Array;
  /** Ascending: works that were cut, and would have been longer. */
  readonly cut: Float64Array;
}

/**
 * What a drawn law is like: the works as weighted; with a tail, one work more has a weight, since the longest seen is not the
 * longest there is; log-normal, of the mean and variance of their logarithms.
 */
export type Form = 'observed' | 'with-tail' | 'log-normal';

/** Quantiles that a drawn law is kept as. */
const QUANTILES = 4_096;
/** Share of the works that show the tail, and so many of them at least. */
const LONG = 0.05;
const LEAST_LONG = 10;
/** A law of works has a mean and, nearly, a variance. */
const LEAST_INDEX = 2;

export const lawOf = (works: readonly number[], cut: readonly number[]): Law => ({
  works: Float64Array.from(works).sort(),
  cut: Float64Array.from(cut).sort(),
});

/**
 * Quantiles of one law that the works may have come from: each has an exponential weight of its own (Bayesian bootstrap;
 * D. B. Rubin 1981), and that of one that was cut is spread over the longer ones (B. Efron 1967). Without a draw all weigh
 * the same: the law as observed.
 */
export function drawLaw(law: Law, draw?: Random, form: Form = 'observed'): Float64Array {
  const { works } = law;
  const unit = (): number => (draw === undefined ? 1 : -Math.log(1 - draw()));
  const weights = weightsOf(law, unit);
  if (form === 'log-normal') return logNormalQuantiles(works, weights, QUANTILES);
  const hasTail = form === 'with-tail';
  return quantilesOf(works, weights, hasTail ? { work: longer(works, draw), weight: unit() } : { work: 0, weight: 0 });
}

function weightsOf({ works, cut }: Law, unit: () => number): Float64Array {
  const weights = works.map(unit);
  let left = weights.reduce((sum, weight) => sum + weight, 0);
  let [index, factor] = [0, 1];
  for (const at of cut) {
    for (; index < works.length && (works[index] ?? 0) < at; index++) {
      left -= weights[index] ?? 0;
      weights[index] = (weights[index] ?? 0) * factor;
    }
    if (left > 0) factor *= 1 + unit() / left;
  }
  for (; index < works.length; index++) weights[index] = (weights[index] ?? 0) * factor;
  return weights;
}

/** Of the works as weighted, and of one that is longer than all of them. */
function quantilesOf(
  works: Float64Array,
  weights: Float64Array,
  beyond: { readonly work: number; readonly weight: number },
): Float64Array {
  const own = weights.reduce((sum, weight) => sum + weight, 0);
  const quantiles = new Float64Array(QUANTILES);
  let [at, sum] = [0, weights[0] ?? 0];
  // A loop, since Float64Array.from with a function takes twenty times as long, and a search draws many thousand laws.
  for (let k = 0; k < QUANTILES; k++) {
    const target = ((k + 0.5) / QUANTILES) * (own + beyond.weight);
    while (target <= own && sum < target && at < works.length - 1) sum += weights[++at] ?? 0;
    quantiles[k] = target > own ? beyond.work : (works[at] ?? 0);
  }
  return quantiles;
}

/** A work longer than all, of a Pareto law. */
const longer = (works: Float64Array, draw?: Random): number =>
  (works.at(-1) ?? 0) * (1 - (draw?.() ?? 0.5)) ** (-1 / tailIndex(works));

/** By the longest twentieth of the works (B. M. Hill 1975): of a Pareto law its exponent, and large where works hardly differ. */
function tailIndex(works: Float64Array): number {
  const from = works.length - 1 - Math.max(LEAST_LONG, Math.round(LONG * works.length));
  const threshold = works[from] ?? 0;
  if (!(threshold > 0)) return LEAST_INDEX;
  let logs = 0;
  for (let i = from + 1; i < works.length; i++) logs += Math.log((works[i] ?? 0) / threshold);
  return Math.max(LEAST_INDEX, (works.length - 1 - from) / logs);
}
