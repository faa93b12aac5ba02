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
/** Share of the works, and how many at least, that its tail is inferred from. */
const [TAIL_SHARE, LEAST_TAIL] = [0.02, 10];

export const lawOf = (works: readonly number[], cut: readonly number[]): Law => ({
  works: Float64Array.from(works).sort(),
  cut: Float64Array.from(cut).sort(),
});

/**
 * Quantiles of one law that the works may have come from: each has an exponential weight of its own (Bayesian bootstrap;
 * D. B. Rubin 1981), and that of one that was cut is spread over the longer ones (B. Efron 1967). Without a draw all weigh
 * the same: the law as observed. The tail of a drawn law goes on as that of a Pareto law (`tailOf`): works that were seen have
 * none beyond the longest, and where they vary widely that makes services seem to carry more than they do.
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
  const tail = draw === undefined ? undefined : tailOf(works, draw);
  let [at, sum] = [0, weights[0] ?? 0];
  return Float64Array.from({ length: QUANTILES }, (_, k) => {
    const share = (k + 0.5) / QUANTILES;
    if (tail !== undefined && 1 - share < tail.share) return tail.quantile(1 - share);
    for (const target = share * total; sum < target && at < works.length - 1; ) sum += weights[++at] ?? 0;
    return works[at] ?? 0;
  });
}

/**
 * The Pareto tail of the longest works: its exponent is drawn from its posterior under a flat prior of its logarithm, a gamma
 * law around Hill's estimate (B. M. Hill 1975). Laws without a tail get a steep one.
 */
function tailOf(
  works: Float64Array,
  draw: Random,
): { share: number; quantile: (beyond: number) => number } | undefined {
  const count = Math.max(LEAST_TAIL, Math.round(TAIL_SHARE * works.length));
  const from = works.at(-count - 1) ?? 0;
  if (from <= 0) return undefined;
  const excess = works.subarray(-count).reduce((sum, work) => sum + Math.log(work / from), 0);
  const gamma = Array.from({ length: count }, () => -Math.log(1 - draw())).reduce((sum, it) => sum + it, 0);
  const share = count / works.length;
  return { share, quantile: (beyond) => from * (share / beyond) ** (excess / gamma) };
}
