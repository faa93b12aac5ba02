import type { Random } from '../../../contracts/random.ts';
import { normalDraw } from './normal-draw.ts';

/** A gamma variate of mean 1 and this variance. */
export function gammaOfMeanOne(variance: number, next: Random): number {
  if (variance === 0) return 1;
  if (variance <= 1) return gamma(1 / variance, next) * variance;
  // Of a shape below 1, by one more and a power (G. Marsaglia and W. W. Tsang, 2000).
  return gamma(1 / variance + 1, next) * (1 - next()) ** variance * variance;
}

/** Of shapes of 1 or more, scale 1: Marsaglia and Tsang (2000). */
function gamma(shape: number, next: Random): number {
  const d = shape - 1 / 3;
  for (;;) {
    const x = normalDraw(next);
    const cube = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (cube > 0 && Math.log(1 - next()) < (x * x) / 2 + d - d * cube + d * Math.log(cube)) return cube * d;
  }
}
