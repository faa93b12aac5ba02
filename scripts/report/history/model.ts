/** What the page of a history shows: each metric of the stored runs of one load, in order of time. */
export interface HistoryModel {
  /** What the runs have in common: `load on https://api-prod.usefini.com`. */
  readonly title: string;
  readonly metrics: readonly HistoryMetric[];
}

export interface HistoryMetric {
  /** As in a gate: `latency.p95` in ms, `errors.share` from 0 to 1. */
  readonly metric: string;
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly HistoryChange[];
}

export interface HistoryPoint {
  readonly runId: string;
  /** Epoch ms of the run's start. */
  readonly at: number;
  readonly value: number;
}

/** A point from which on the metric is another. */
export interface HistoryChange {
  /** Index of the first point of the new level. */
  readonly index: number;
  /** Levels of the metric on both sides, in its unit. */
  readonly before: number;
  readonly after: number;
}
