import { compiled, ndtr, ndtri } from 'cephes';

await compiled;

/** Its quantile 0.95: the reach of a one-sided 95 % bound, and of a two-sided 90 % interval, in standard errors. */
export const QUANTILE_95 = 1.645;

/** P(Z < z) of the standard normal distribution. */
export const tailBelow = (z: number): number => ndtr(z);

/** The z that a standard normal variate stays below with this probability. */
export const normalQuantile = (p: number): number => ndtri(p);
