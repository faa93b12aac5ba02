import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import { fisher } from '../../foundation/statistics/fisher.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import { upperTail } from '../../foundation/statistics/student-t.ts';
import { userLevel } from '../design.ts';
import type { Track } from './change-points.ts';

/** A metric that is followed over runs. Of all of them, more is worse. */
export interface Metric {
  /** As in a gate: latencies in ms, shares from 0 to 1. `latency.mean` is the geometric mean. */
  readonly name: 'latency.p95' | 'latency.mean' | 'errors.share';
  /** Of one run, or the level of several. */
  readonly level: (runs: readonly RunSummary[]) => number;
  readonly track: (runs: readonly RunSummary[]) => Track;
}

export const METRICS: readonly Metric[] = [
  latency('latency.p95', (run) => Math.log(userLevel(run)?.p95 ?? Number.NaN)),
  latency('latency.mean', (run) => userLevel(run)?.meanLog ?? Number.NaN),
  { name: 'errors.share', level: (runs) => sum(runs, 'k') / sum(runs, 'n'), track: errorTrack },
];

function latency(name: Metric['name'], logOf: (run: RunSummary) => number): Metric {
  return {
    name,
    level: (runs) => Math.exp(mean(runs.map(logOf))),
    track: (runs) => {
      const values = runs.map(logOf);
      return {
        values,
        difference: (from, at, to) => {
          const [before, after] = [values.slice(from, at), values.slice(at, to)];
          return { p: studentP(before, after), magnitude: Math.exp(Math.abs(mean(after) - mean(before))) - 1 };
        },
      };
    },
  };
}

/**
 * Logits of the shares of runs tell how runs differ; but where hardly a turn fails they hardly differ, and then the
 * counts must differ by more than chance, too.
 */
function errorTrack(runs: readonly RunSummary[]): Track {
  const values = runs.map(({ errors: { k, n } }) => Math.log((k + 0.5) / (n - k + 0.5)));
  return {
    values,
    difference: (from, at, to) => {
      const [before, after] = [runs.slice(from, at), runs.slice(at, to)];
      const p = studentP(values.slice(from, at), values.slice(at, to));
      return { p: Math.max(p, exactP(before, after)), magnitude: relative(shareOf(before), shareOf(after)) };
    },
  };
}

const sum = (runs: readonly RunSummary[], key: 'k' | 'n'): number =>
  runs.reduce((total, { errors }) => total + errors[key], 0);

const shareOf = (runs: readonly RunSummary[]): number => sum(runs, 'k') / sum(runs, 'n');

function exactP(before: readonly RunSummary[], after: readonly RunSummary[]): number {
  const [k0, n0, k, n] = [sum(before, 'k'), sum(before, 'n'), sum(after, 'k'), sum(after, 'n')];
  return Math.min(1, 2 * Math.min(fisher(k0, n0, k, n), fisher(k, n, k0, n0)));
}

function relative(a: number, b: number): number {
  return a === b ? 0 : Math.max(a, b) / Math.min(a, b) - 1;
}

/** Student's two-sided t-test of two levels with one spread. */
export function studentP(a: readonly number[], b: readonly number[]): number {
  const df = a.length + b.length - 2;
  const squares = (values: readonly number[]): number =>
    values.length < 2 ? 0 : variance(values) * (values.length - 1);
  const difference = Math.abs(mean(b) - mean(a));
  const spread = Math.sqrt(((squares(a) + squares(b)) / df) * (1 / a.length + 1 / b.length));
  if (spread > 0) return Math.min(1, 2 * upperTail(difference / spread, df));
  return difference > 0 ? 0 : 1;
}
