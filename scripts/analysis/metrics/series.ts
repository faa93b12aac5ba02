/** What the figures of a report show; times in ms from time zero of the schedule, latencies in ms from the intended start. */
export interface Series {
  /** Width of a time bucket, chosen so that there are at most 240. */
  readonly bucketMs: number;
  readonly buckets: readonly Bucket[];
  /** Latencies of measured user turns in bins of equal ratio (a log scale). */
  readonly histogram: readonly Bin[];
  /** Measured user turns: latency at the share q of turns; `null` once the quantile falls among censored turns. */
  readonly percentiles: readonly { readonly q: number; readonly ms: number | null }[];
  /** User turns by time bucket and latency bin. */
  readonly heat: readonly {
    readonly atMs: number;
    readonly fromMs: number;
    readonly toMs: number;
    readonly count: number;
  }[];
  /** Things that happened once: stage starts, first 429, a lane's breaker, a stall. */
  readonly events: readonly { readonly atMs: number; readonly label: string }[];
}

/** User turns that were intended (started), settled (completed) in a bucket of time. */
export interface Bucket {
  readonly atMs: number;
  readonly started: number;
  readonly completed: number;
  /** Completed with 200, in time, without a failing violation. */
  readonly good: number;
  readonly conversationsInFlight: number;
  readonly turnsInFlight: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface Bin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}
