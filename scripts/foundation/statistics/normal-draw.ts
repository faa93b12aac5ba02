import type { Random } from '../../../contracts/random.ts';

/** A standard normal variate: G. E. P. Box and M. E. Muller (1958). */
export const normalDraw = (next: Random): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
