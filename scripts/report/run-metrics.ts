import type { Estimate, LatencyRow, Result } from '../../contracts/generated/result.ts';
import { HARNESS_VERSION } from '../foundation/package-root.ts';

const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const;
const VERDICTS = ['pass', 'fail', 'no-evidence'] as const;
const MS_PER_S = 1000;

type Labels = Readonly<Record<string, string>>;
type Add = (name: string, help: string, value: number | null | undefined, labels?: Labels) => void;

/** A gauge of a run, with a sample for each set of labels. */
export interface RunMetric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly labels: Labels; readonly value: number }[];
}

/**
 * A result as gauges, for those who keep numbers of many runs. Times are in seconds, shares from 0 to 1. What is not known has
 * no sample. Only `fini_run_info` names the run, so that every other series goes on from run to run.
 */
export function runMetrics(result: Result): RunMetric[] {
  const metrics = new Map<string, { name: string; help: string; samples: { labels: Labels; value: number }[] }>();
  const { scenario } = result;
  const add: Add = (name, help, value, labels = {}) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return;
    const metric = metrics.get(name) ?? { name, help, samples: [] };
    metrics.set(name, metric);
    metric.samples.push({ labels: { scenario, ...labels }, value });
  };
  addRun(result, add);
  for (const row of result.latency) addLatency(row, add);
  addGates(result, add);
  return [...metrics.values()];
}

function addRun(result: Result, add: Add): void {
  const { runId, verdict, exitCode, complete, counts, throughput, goodput, generator, spent, target, window } = result;
  const info = { run: runId, version: HARNESS_VERSION, target: target.embedded ? 'reference server' : target.baseUrl };
  add('fini_run_info', 'The run: its id, the version of the harness, its target.', 1, info);
  const startedAt = window.startedAt === null ? null : window.startedAt / MS_PER_S;
  add('fini_run_started_timestamp_seconds', 'When the arrival window began, in seconds since 1970.', startedAt);
  for (const one of VERDICTS) {
    add('fini_run_verdict', '1 at the verdict of the run.', one === verdict ? 1 : 0, { verdict: one });
  }
  add('fini_run_exit_code', 'Exit code of the run.', exitCode);
  add('fini_run_complete', 'Whether every planned turn was sent and settled.', complete ? 1 : 0);
  add('fini_turns_sent', 'Turns sent in the whole run.', counts.sent);
  for (const { outcome, status, count } of summed(result.outcomes, ({ outcome, status }) => `${outcome} ${status}`)) {
    add('fini_turns', 'Turns of the whole run by outcome and status.', count, { outcome, status: String(status) });
  }
  add('fini_turns_offered_per_second', 'User turns offered in the measured window.', throughput?.offeredPerSecond);
  add(
    'fini_turns_completed_per_second',
    'User turns completed in the measured window.',
    throughput?.completedPerSecond,
  );
  add('fini_goodput_ratio', 'Share of good user turns in the measured window.', goodput?.value);
  add('fini_late_starts_ratio', 'Share of turns that started late.', generator.late.value);
  add('fini_spent_user_turns', 'Turns that may have been billed.', spent?.userTurns);
  for (const { rule, class: severity, count } of summed(result.violations, (row) => `${row.rule} ${row.class}`)) {
    add('fini_contract_violations', 'Violations of the contract by rule and class.', count, { rule, class: severity });
  }
}

/** One row for each key, with the counts of all that have it. */
function summed<Row extends { readonly count: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    sums.set(key, { ...row, count: (sums.get(key)?.count ?? 0) + row.count });
  }
  return [...sums.values()];
}

function addLatency(row: LatencyRow, add: Add): void {
  const place = { role: row.role, stage: row.stage };
  add('fini_latency_turns', 'Turns behind the percentiles.', row.n, place);
  for (const name of PERCENTILES) {
    const { value, lower, upper }: Estimate = row[name];
    const labels = { ...place, quantile: String(Number(name.slice(1)) / 100) };
    const seconds = (ms: number | null): number | null => (ms === null ? null : ms / MS_PER_S);
    add('fini_latency_seconds', 'Latency percentile from the intended start.', seconds(value), labels);
    add('fini_latency_lower_seconds', 'Lower end of its 95 % interval.', seconds(lower), labels);
    add('fini_latency_upper_seconds', 'Upper end of its 95 % interval.', seconds(upper), labels);
  }
}

function addGates({ gates }: Result, add: Add): void {
  for (const { metric, op, limit, observed, verdict } of gates) {
    const labels = { metric, op };
    add('fini_gate_limit', 'Limit of a gate, in the unit of its metric.', limit, labels);
    add('fini_gate_observed', 'Observed value of a gate, in the unit of its metric.', observed.value, labels);
    for (const one of VERDICTS) {
      add('fini_gate_verdict', '1 at the verdict of a gate.', one === verdict ? 1 : 0, { ...labels, verdict: one });
    }
  }
}
