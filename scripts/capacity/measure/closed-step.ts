import type { Slo } from '../slo.ts';
import type { RungRecord } from './rung.ts';

/** A rung of the closed model: what saturates the service, and how long an answer takes before that. */
export interface ClosedStep {
  readonly concurrency: number;
  readonly n: number;
  /** Answers a second, without the start and the drain of the loop. */
  readonly throughput: number;
  readonly errors: number;
  readonly latenciesMs: readonly number[];
  readonly bad: number;
}

/** What a rung of the closed model showed. */
export function closedStepOf({ turns }: RungRecord, concurrency: number, slo: Slo): ClosedStep {
  const known = turns.filter(({ outcome }) => outcome !== 'unknown');
  const answered = known.filter(({ outcome }) => outcome === 'answered');
  const ends = answered.map(({ atMs, latencyMs }) => atMs + latencyMs).sort((a, b) => a - b);
  return {
    concurrency,
    n: known.length,
    throughput: throughputOf(ends, concurrency),
    errors: known.length - answered.length,
    latenciesMs: answered.map(({ latencyMs }) => latencyMs),
    bad: known.filter(({ outcome, latencyMs }) => outcome === 'failed' || latencyMs > slo.limitMs).length,
  };
}

/** Completions a second between the K-th and the (N - K)-th: the loop fills before, and drains after. */
function throughputOf(ends: readonly number[], concurrency: number): number {
  const from = ends[concurrency - 1] ?? 0;
  const to = ends[ends.length - concurrency - 1] ?? from;
  return to > from ? ((ends.length - 2 * concurrency) * 1000) / (to - from) : 0;
}
