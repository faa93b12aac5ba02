import { designEffect } from '../../foundation/statistics/design-effect.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { quantile } from './percentile.ts';

const BATCH = 5;
/** Below 300 values MSER-5 finds a warm-up in one sample of ten that has none. */
const LEAST_BATCHES = 60;
const UNSETTLED_WARM_UP = 0.4;
/** One in a thousand, two-sided. */
const SURELY = 3.29;
const LEAST_CHANGE = 1.1;
const LEAST_QUARTER = 5;

/**
 * Whether a series (latencies in time order) is of one level: its warm-up ends early, and its halves do not differ.
 * Too short a series counts as settled.
 */
export function isSettled(series: Float64Array, sorted: Float64Array = series.slice().sort()): boolean {
  return (warmUpShare(series) ?? 0) <= UNSETTLED_WARM_UP && !halvesDiffer(series, sorted);
}

/**
 * Whether a backlog builds up: the last quarter of the counts in flight (at equal steps of time) averages twice the first,
 * by more than three standard deviations of a Poisson count.
 */
export function isGrowing(inFlight: readonly number[]): boolean {
  const quarter = Math.floor(inFlight.length / 4);
  if (quarter < LEAST_QUARTER) return false;
  const first = mean(inFlight.slice(0, quarter));
  const last = mean(inFlight.slice(-quarter));
  return last >= 2 * first && last - first > 3 * Math.sqrt(Math.max(1, first));
}

/** Whether the shares of values above the common median differ surely, and the medians by 10 % at least. */
function halvesDiffer(series: Float64Array, sorted: Float64Array): boolean {
  const half = Math.floor(series.length / 2);
  if (half < BATCH * LEAST_BATCHES * 0.5) return false;
  const median = quantile(sorted, 0.5);
  const above = series.map((value) => (value > median ? 1 : 0));
  const [first, second] = [mean(above.subarray(0, half)), mean(above.subarray(half))];
  // Within each half, else the change itself would look like autocorrelation.
  const residuals = above.map((value, i) => value - (i < half ? first : second));
  const variance = (designEffect(residuals) * 0.25 * 2) / half;
  // Most runs are steady, and need no medians.
  if (!(Math.abs(first - second) > SURELY * Math.sqrt(variance))) return false;
  const medians = [series.slice(0, half), series.slice(half)].map((part) => quantile(part.sort(), 0.5));
  const [low = 0, high = 0] = medians.sort((a, b) => a - b);
  return high >= low * LEAST_CHANGE;
}

/**
 * MSER-5: the share of a series (latencies in time order) to cut off its start so that the rest has the smallest standard
 * error; above 0.4 it has not settled. K. P. White, An effective truncation heuristic, Simulation 69 (1997).
 * @returns null where the series is too short to tell.
 */
export function warmUpShare(series: ArrayLike<number>, leastBatches = LEAST_BATCHES): number | null {
  const means = batchMeans(series);
  const m = means.length;
  if (m < leastBatches) return null;
  let [sum, squares, best, cut] = [0, 0, Number.POSITIVE_INFINITY, 0];
  // From the end, so that sums over every remainder cost one pass.
  for (let d = m - 1; d >= 0; d--) {
    const value = means[d] ?? 0;
    sum += value;
    squares += value * value;
    const rest = m - d;
    const error = (squares - (sum * sum) / rest) / (rest * rest);
    if (d <= m / 2 && error <= best) [best, cut] = [error, d];
  }
  return cut / m;
}

/** Means of five values each, about an offset, so that sums of squares keep their digits. */
function batchMeans(series: ArrayLike<number>): Float64Array {
  const offset = series[0] ?? 0;
  const means = new Float64Array(Math.floor(series.length / BATCH));
  for (let batch = 0; batch < means.length; batch++) {
    let sum = 0;
    for (let i = batch * BATCH; i < (batch + 1) * BATCH; i++) sum += (series[i] ?? 0) - offset;
    means[batch] = sum / BATCH;
  }
  return means;
}
