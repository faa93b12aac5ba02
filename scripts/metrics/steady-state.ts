const BATCH = 5;
const LEAST_BATCHES = 10;

/**
 * MSER-5: the share of a series (latencies in time order) to cut off its start so that the rest has the smallest standard
 * error; above 0.4 it has not settled. K. P. White, An effective truncation heuristic, Simulation 69 (1997).
 * @returns null where the series is too short to tell.
 */
export function warmUpShare(series: ArrayLike<number>): number | null {
  const means = batchMeans(series);
  const m = means.length;
  if (m < LEAST_BATCHES) return null;
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
