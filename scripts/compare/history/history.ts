import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type {
  History,
  HistoryChange,
  HistoryGroup,
  HistoryMetric,
  HistoryNote,
} from '../../../contracts/generated/history.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import { nameOf } from '../run-summary.ts';
import { flawOf } from '../usable.ts';
import { changePoints, SENSITIVITY, type Track } from './change-points.ts';
import { METRICS, type Metric } from './metrics.ts';

/** Fewer runs do not tell a change from how runs differ. */
const LEAST_RUNS = 20;
const RECENT_RUNS = 10;
const MOST_NAMED = 10;

/**
 * Stored runs, by load and target in order of time, and where a metric changed its level. Runs that prove nothing are
 * left out. The method, with its false alarms and power, is docs/history.md.
 */
export function historyOf(runs: readonly RunSummary[], magnitude = SENSITIVITY.magnitude): History {
  const notes: HistoryNote[] = [];
  const found = groupsOf(unique(sound(runs, notes)));
  const groups = found.filter((group) => group.length > 1).map((group) => judge(group, magnitude));
  const alone = found.length - groups.length;
  if (alone > 0) notes.push({ code: 'alone', count: alone });
  const isNews = groups.some(({ metrics }) => metrics.some(({ changes }) => changes.some((it) => it.isNews)));
  const outcome = isNews ? 'worse' : groups.some(({ judged }) => judged) ? 'not-worse' : 'too-few-runs';
  return {
    version: 2,
    exitCode: { worse: EXIT.regression, 'not-worse': EXIT.pass, 'too-few-runs': EXIT.noEvidence }[outcome],
    outcome,
    sensitivity: { alpha: SENSITIVITY.alpha, magnitude, leastRuns: LEAST_RUNS, recentRuns: RECENT_RUNS },
    groups,
    notes,
  };
}

function sound(runs: readonly RunSummary[], notes: HistoryNote[]): RunSummary[] {
  const flawed = runs.flatMap((run): HistoryNote[] => {
    const flaw = flawOf(run);
    return flaw === null ? [] : [{ code: 'run-left-out', run: nameOf(run), flaw }];
  });
  notes.push(...flawed.slice(0, MOST_NAMED));
  if (flawed.length > MOST_NAMED) notes.push({ code: 'more-runs', count: flawed.length - MOST_NAMED });
  return runs.filter((run) => flawOf(run) === null);
}

const unique = (runs: readonly RunSummary[]): RunSummary[] => [
  ...new Map(runs.map((run) => [run.runId, run])).values(),
];

/** Each in order of time; the one with the latest run first. */
function groupsOf(runs: readonly RunSummary[]): RunSummary[][] {
  const groups = new Map<string, RunSummary[]>();
  for (const run of [...runs].sort((a, b) => a.at - b.at)) {
    const key = JSON.stringify([run.target, run.load]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].sort((a, b) => (b.at(-1)?.at ?? 0) - (a.at(-1)?.at ?? 0));
}

function judge(runs: readonly RunSummary[], magnitude: number): HistoryGroup {
  const [first] = runs;
  if (first === undefined) throw new Error('a group of runs is never empty');
  const judged = runs.length >= LEAST_RUNS;
  return {
    load: first.load,
    target: first.target ?? null,
    runs: runs.length,
    judged,
    metrics: METRICS.map((metric) => follow(metric, runs, judged ? magnitude : Number.POSITIVE_INFINITY)),
  };
}

function follow(metric: Metric, runs: readonly RunSummary[], magnitude: number): HistoryMetric {
  const track = metric.track(runs);
  const points = Number.isFinite(magnitude) ? changePoints(track, { ...SENSITIVITY, magnitude }) : [];
  return {
    metric: metric.name,
    points: runs.map((run) => ({ runId: run.runId, name: nameOf(run), at: run.at, value: metric.level([run]) })),
    changes: points.map((index, i) => {
      const from = points[i - 1] ?? 0;
      return changeOf(metric, track, runs, { from, index, to: points[i + 1] ?? runs.length });
    }),
  };
}

interface Piece {
  readonly from: number;
  /** First run of the new level. */
  readonly index: number;
  readonly to: number;
}

function changeOf(
  metric: Metric,
  track: Track,
  runs: readonly RunSummary[],
  { from, index, to }: Piece,
): HistoryChange {
  const before = metric.level(runs.slice(from, index));
  const after = metric.level(runs.slice(index, to));
  const isWorse = after > before;
  const first = runs[index];
  if (first === undefined) throw new Error('a level begins with a run');
  const { runId, at } = first;
  const isNews = isWorse && to === runs.length && index >= runs.length - RECENT_RUNS;
  return {
    index,
    runId,
    name: nameOf(first),
    at,
    before,
    after,
    p: track.difference(from, index, to).p,
    isWorse,
    isNews,
  };
}
