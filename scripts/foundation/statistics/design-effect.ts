const MOST_LAGS = 39;
const NEGLIGIBLE = 0.02;

/**
 * By how much autocorrelation inflates the variance of the mean of `series` (values in time order):
 * 1 + 2 sum of rho_k over lags 1 to 39 up to the first rho_k < 0.02, at least 1.
 * n / deff is the size of an independent sample worth as much: the effective sample.
 */
export function designEffect(series: ArrayLike<number>): number {
  const n = series.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += series[i] ?? 0;
  const mean = sum / n;
  const variance = autocovariance(series, mean, 0);
  if (!(variance > 0)) return 1;
  let effect = 1;
  for (let lag = 1; lag <= MOST_LAGS && lag < n; lag++) {
    const rho = autocovariance(series, mean, lag) / variance;
    if (rho < NEGLIGIBLE) break;
    effect += 2 * rho;
  }
  return Math.min(effect, n);
}

function autocovariance(series: ArrayLike<number>, mean: number, lag: number): number {
  let sum = 0;
  for (let i = lag; i < series.length; i++) sum += ((series[i] ?? 0) - mean) * ((series[i - lag] ?? 0) - mean);
  return sum / series.length;
}
