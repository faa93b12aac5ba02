// cephes ships its types where an ES module does not look for them.
declare module 'cephes' {
  /** Before this the functions do not work. */
  export const compiled: Promise<void>;
  /** Distribution function of the binomial: P(X <= k), n trials of probability p. */
  export function bdtr(k: number, n: number, p: number): number;
  /** Quantile y of the beta distribution with parameters a and b. */
  export function incbi(a: number, b: number, y: number): number;
  /** Distribution function at x of the beta distribution with parameters a and b. */
  export function incbet(a: number, b: number, x: number): number;
  /** Natural logarithm of the gamma function. */
  export function lgam(x: number): number;
  /** Distribution function of the standard normal. */
  export function ndtr(x: number): number;
  /** Quantile of the standard normal. */
  export function ndtri(p: number): number;
  /** The x that a gamma variate of shape `a` and scale 1 exceeds with probability `p`. */
  export function igami(a: number, p: number): number;
  /** P(X > x) of the chi-square distribution with `df` degrees of freedom. */
  export function chdtrc(df: number, x: number): number;
}
