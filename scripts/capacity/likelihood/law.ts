import type { Random } from '../../../contracts/random.ts';

/** Works as observed: what the law of works is drawn from. */
export interface Law {
  /** Ascending. */
  readonly works: Float64Array;
  /** Ascending: works that were cut, and would have been longer. */
  readonly cut: Float64Array;
}

/** Quantiles that a drawn law is kept as. */
const QUANTILES = 4_096;

export const lawOf = (works: readonly number[], cut: readonly number[]): Law => ({
  works: Float64Array.from(works).sort(),
  cut: Float64Array.from(cut).sort(),
});

/**
 * Quantiles of one law that the works may have come from: each has an exponential weight of its own (Bayesian bootstrap;
 * D. B. Rubin 1981), and that of one that was cut is spread over the longer ones (B. Efron 1967). Without a draw all weigh
 * the same: the law as observed.
 */
export function drawLaw({ works, cut }: Law, draw?: Random): Float64Array {
  const unit = (): number => (draw === undefined ? 1 : -Math.log(1 - draw()));
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
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let [at, sum] = [0, weights[0] ?? 0];
  return Float64Array.from({ length: QUANTILES }, (_, k) => {
    for (const target = ((k + 0.5) / QUANTILES) * total; sum < target && at < works.length - 1; )
      sum += weights[++at] ?? 0;
    return works[at] ?? 0;
  });
}
