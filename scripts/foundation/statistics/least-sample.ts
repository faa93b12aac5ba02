/** Two-sided intervals here cover 95 %. */
export const ALPHA = 0.05;

/** The least independent sample whose maximum is above the quantile q with 95 % confidence: 59 for q = 0.95, 299 for 0.99. */
export function leastSample(q: number): number {
  return Math.ceil(Math.log(ALPHA) / Math.log(q));
}
