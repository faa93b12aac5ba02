import { normalQuantile, tailBelow } from '../../foundation/statistics/normal.ts';

/** Fewer works would pass for log-normal whatever they are. */
const LEAST_WORKS = 300;
/** Of those cut the test knows nothing. */
const MOST_CUT = 0.01;
/** What Anderson and Darling's statistic exceeds for one in seven log-normal samples (M. A. Stephens 1974): few others pass. */
const CRITICAL = 0.561;

/** Whether the logarithms of works (ascending), of which so many more were cut, pass for normal: T. W. Anderson and D. A. Darling, mean and variance estimated. */
export function isLogNormal(works: Float64Array, cut: number): boolean {
  const n = works.length;
  if (n < LEAST_WORKS || cut > MOST_CUT * n || !((works[0] ?? 0) > 0)) return false;
  const logs = works.map(Math.log);
  const { mean, sd } = momentsOf(logs, () => 1);
  const below = logs.map((log) => Math.log(Math.max(Number.MIN_VALUE, tailBelow((log - mean) / sd))));
  const above = logs.map((log) => Math.log(Math.max(Number.MIN_VALUE, tailBelow((mean - log) / sd))));
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1) * ((below[i] ?? 0) + (above[n - 1 - i] ?? 0));
  return (-n - sum / n) * (1 + 0.75 / n + 2.25 / n ** 2) < CRITICAL;
}

/** Quantiles, evenly apart, of the log-normal law that is likeliest by works of these weights. */
export function logNormalQuantiles(works: Float64Array, weights: Float64Array, count: number): Float64Array {
  const { mean, sd } = momentsOf(works.map(Math.log), (i) => weights[i] ?? 0);
  return Float64Array.from({ length: count }, (_, k) => Math.exp(mean + sd * normalQuantile((k + 0.5) / count)));
}

function momentsOf(logs: Float64Array, weightOf: (index: number) => number): { mean: number; sd: number } {
  let [weight, sum, squares] = [0, 0, 0];
  for (const [i, log] of logs.entries()) {
    weight += weightOf(i);
    sum += weightOf(i) * log;
  }
  const mean = sum / weight;
  for (const [i, log] of logs.entries()) squares += weightOf(i) * (log - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / weight) };
}
