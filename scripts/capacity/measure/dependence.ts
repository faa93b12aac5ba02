const LAGS = 40;
const NEGLIGIBLE = 0.02;

/** Autocovariances at lags 0 to 39 of values in time order. */
export function autocovariances(series: ArrayLike<number>): Float64Array {
  const n = series.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += series[i] ?? 0;
  const mean = sum / n;
  return Float64Array.from({ length: LAGS }, (_, lag) => {
    let product = 0;
    for (let i = lag; i < n; i++) product += ((series[i] ?? 0) - mean) * ((series[i - lag] ?? 0) - mean);
    return n === 0 ? 0 : product / n;
  });
}

/** Design effect of autocovariances: 1 + 2 sum of rho_k up to the first below 0.02, at least 1; 1 where nothing varies. */
export function designEffectOf(covariances: Float64Array): number {
  const variance = covariances[0] ?? 0;
  if (!(variance > 0)) return 1;
  let effect = 1;
  for (let lag = 1; lag < LAGS; lag++) {
    const rho = (covariances[lag] ?? 0) / variance;
    if (rho < NEGLIGIBLE) break;
    effect += 2 * rho;
  }
  return Math.max(1, effect);
}

/** Design effect over several series, each weighted by its length: steadier than that of one short series. */
export function pooledDesignEffect(parts: readonly { n: number; covariances: Float64Array }[]): number {
  const pooled = new Float64Array(LAGS);
  for (const { n, covariances } of parts) {
    for (let lag = 0; lag < LAGS; lag++) pooled[lag] = (pooled[lag] ?? 0) + n * (covariances[lag] ?? 0);
  }
  return designEffectOf(pooled);
}
