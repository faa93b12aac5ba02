import { compiled, ndtr } from 'cephes';

await compiled;

/** P(Z < z) of the standard normal distribution. */
export const tailBelow = (z: number): number => ndtr(z);
