import { compiled, lgam } from 'cephes';

await compiled;

/**
 * Fisher's exact test, one-sided: the probability of at least `k` of `n` in the second sample, were both of one share,
 * given `k0` of `n0` in the first.
 */
export function fisher(k0: number, n0: number, k: number, n: number): number {
  const hits = k0 + k;
  const base = logChoose(n0 + n, hits);
  let tail = 0;
  for (let i = k; i <= Math.min(n, hits); i++) {
    if (hits - i <= n0) tail += Math.exp(logChoose(n, i) + logChoose(n0, hits - i) - base);
  }
  return Math.min(1, tail);
}

function logChoose(n: number, k: number): number {
  return lgam(n + 1) - lgam(k + 1) - lgam(n - k + 1);
}
