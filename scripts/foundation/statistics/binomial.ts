import { bdtr, compiled, incbi } from 'cephes';
import { ALPHA } from './least-sample.ts';

await compiled;

/** Smallest k with P(X <= k) >= p, X binomial of n trials of probability q. */
export function binomialQuantile(p: number, n: number, q: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (bdtr(middle, n, q) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of so small a part of an event the bound is below 1e-12, which cephes does not compute reliably. */
const NEGLIGIBLE = 0.1;

/**
 * Clopper-Pearson interval of a share: k of n, where both may be fractions (a count divided by its design effect).
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934); bounds as quantiles of beta distributions.
 */
export function clopperPearson(k: number, n: number, alpha = ALPHA): readonly [lower: number, upper: number] {
  const lower = k < NEGLIGIBLE ? 0 : incbi(k, n - k + 1, alpha / 2);
  const upper = n - k < NEGLIGIBLE ? 1 : incbi(k + 1, n - k, 1 - alpha / 2);
  return [lower, upper];
}
