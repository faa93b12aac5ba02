import { compiled, incbet, incbi } from 'cephes';

await compiled;

/** P(T > t) of Student's t distribution with `df` degrees of freedom, a fraction too. */
export function upperTail(t: number, df: number): number {
  const tail = incbet(df / 2, 0.5, df / (df + t * t)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/** The t that is exceeded with probability `alpha` below one half; Infinity for none, NaN without degrees of freedom. */
export function criticalValue(alpha: number, df: number): number {
  if (!(df > 0)) return Number.NaN;
  if (alpha === 0) return Number.POSITIVE_INFINITY;
  const x = incbi(df / 2, 0.5, 2 * alpha);
  return Math.sqrt((df * (1 - x)) / x);
}
