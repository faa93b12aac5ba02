import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Design } from '../../contracts/generated/comparison.ts';
import { mean } from '../foundation/statistics/moments.ts';
import { againstDays, type Contrast, contrast } from './contrast.ts';
import { FIXED_TURNS, type Look } from './stages.ts';

export interface Arms {
  /** In order of time. */
  readonly baseline: readonly RunSummary[];
  readonly candidate: readonly RunSummary[];
}

const LEAST_DAYS = 3;
const LEAST_BASELINE_RUNS = 5;
const DAY_MS = 86_400_000;
/** A z quantile is a t quantile of many degrees of freedom. */
const MANY = 1e6;

/** What the runs, by when they ran, allow to conclude. */
export function designOf({ baseline, candidate }: Arms, look?: Look): Design {
  const days = new Set(baseline.map(dayOf)).size;
  const turns = [...baseline, ...candidate].map((run) => userLevel(run)?.n ?? 0);
  return {
    kind: look === undefined ? kindOf({ baseline, candidate }, days) : 'interleaved',
    baselineRuns: baseline.length,
    candidateRuns: candidate.length,
    turnsPerRun: turns.length === 0 ? 0 : mean(turns),
    days,
    ...(look === undefined
      ? {}
      : { stages: { pairs: look.pairs, of: look.of, turns: sum(turns), fixedTurns: FIXED_TURNS } }),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function kindOf({ baseline, candidate }: Arms, days: number): Design['kind'] {
  const least = Math.min(baseline.length, candidate.length);
  if (least >= 2 && switches({ baseline, candidate }) >= least) return 'interleaved';
  if (candidate.length > 0 && days >= LEAST_DAYS && baseline.length >= LEAST_BASELINE_RUNS) return 'days';
  return 'planned';
}

/** How often the arm changes along time: once where one arm ran after the other, more often where they alternate. */
function switches({ baseline, candidate }: Arms): number {
  const runs = [...baseline.map(({ at }) => ({ at, arm: 'A' })), ...candidate.map(({ at }) => ({ at, arm: 'B' }))];
  const arms = runs.sort((a, b) => a.at - b.at).map(({ arm }) => arm);
  return arms.filter((arm, i) => i > 0 && arm !== arms[i - 1]).length;
}

function dayOf({ at }: RunSummary): number {
  return Math.floor(at / DAY_MS);
}

/** A value of a run on a scale on which runs of one service scatter evenly. */
export interface Value {
  readonly of: (run: RunSummary) => number;
  /** Its standard error, as the turns of the run suggest it. */
  readonly planned: (run: RunSummary) => number;
  /** By how much runs of one service are taken to differ besides, where that cannot be measured: a standard deviation. */
  readonly assumed: number;
}

/** A latency of a role, as a logarithm. */
export interface Statistic {
  readonly metric: 'latency.p95' | 'latency.mean';
  readonly of: (role: string) => Value;
}

/** Latencies of a service at other times differ by about this, as far as measured runs tell. */
export const ASSUMED_SPREAD = 0.06;

/** sqrt(q (1 - q)) / phi(z_q) at q = 0.95: the standard deviation of a normal sample's p95, in units of sigma / sqrt(n). */
const P95_SPREAD = 2.113;

export const STATISTICS: readonly Statistic[] = [
  {
    metric: 'latency.p95',
    of: (role) => ({
      of: (run) => Math.log(levelOf(run, role)?.p95 ?? Number.NaN),
      planned: (run) => P95_SPREAD * spread(run, role),
      assumed: ASSUMED_SPREAD,
    }),
  },
  {
    metric: 'latency.mean',
    of: (role) => ({
      of: (run) => levelOf(run, role)?.meanLog ?? Number.NaN,
      planned: (run) => spread(run, role),
      assumed: ASSUMED_SPREAD,
    }),
  },
];

function spread(run: RunSummary, role: string): number {
  const { sdLog, deff, n } = levelOf(run, role) ?? { sdLog: Number.NaN, deff: 1, n: 1 };
  return sdLog * Math.sqrt(deff / n);
}

export function levelOf({ levels }: RunSummary, role: string): RunSummary['levels'][number] | undefined {
  return levels.find((level) => level.role === role);
}

export function userLevel(run: RunSummary): RunSummary['levels'][number] | undefined {
  return levelOf(run, 'user');
}

/** The difference of the arms in a value, by what the design allows. */
export function contrastOf({ baseline, candidate }: Arms, kind: Design['kind'], value: Value): Contrast {
  const { of, planned, assumed } = value;
  switch (kind) {
    case 'interleaved':
      return contrast(baseline.map(of), candidate.map(of));
    case 'days': {
      const days = [...new Set(baseline.map(dayOf))];
      const means = days.map((day) => mean(baseline.filter((run) => dayOf(run) === day).map(of)));
      return againstDays(means, candidate.map(of));
    }
    case 'planned': {
      const error = (runs: readonly RunSummary[]): number =>
        mean(runs.map((run) => planned(run) ** 2)) / runs.length + assumed ** 2;
      return {
        difference: mean(candidate.map(of)) - mean(baseline.map(of)),
        standardError: Math.sqrt(error(baseline) + error(candidate)),
        df: MANY,
        isPaired: false,
      };
    }
    default:
      return kind satisfies never;
  }
}
