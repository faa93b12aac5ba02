import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Design } from '../../contracts/generated/comparison.ts';
import { mean } from '../foundation/statistics/moments.ts';
import { againstDays, type Contrast, contrast } from './contrast.ts';

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
export function designOf({ baseline, candidate }: Arms): Design {
  const days = new Set(baseline.map(dayOf)).size;
  const turns = [...baseline, ...candidate].map((run) => userLevel(run)?.n ?? 0);
  return {
    kind: kindOf({ baseline, candidate }, days),
    baselineRuns: baseline.length,
    candidateRuns: candidate.length,
    turnsPerRun: turns.length === 0 ? 0 : mean(turns),
    days,
  };
}

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

/** A statistic of a run on a log scale; `planned` is its standard deviation over runs, as one run's turns suggest it. */
export interface Statistic {
  readonly metric: 'latency.p95' | 'latency.mean';
  readonly of: (run: RunSummary, role: string) => number;
  readonly planned: (run: RunSummary, role: string) => number;
}

/** sqrt(q (1 - q)) / phi(z_q) at q = 0.95: the standard deviation of a normal sample's p95, in units of sigma / sqrt(n). */
const P95_SPREAD = 2.113;

export const STATISTICS: readonly Statistic[] = [
  {
    metric: 'latency.p95',
    of: (run, role) => Math.log(levelOf(run, role)?.p95 ?? Number.NaN),
    planned: (run, role) => P95_SPREAD * spread(run, role),
  },
  {
    metric: 'latency.mean',
    of: (run, role) => levelOf(run, role)?.meanLog ?? Number.NaN,
    planned: (run, role) => spread(run, role),
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

/** The difference of the arms in a statistic, by what the design allows. */
export function contrastOf(
  { baseline, candidate }: Arms,
  kind: Design['kind'],
  { of, planned }: Statistic,
  role: string,
): Contrast {
  const value = (run: RunSummary): number => of(run, role);
  switch (kind) {
    case 'interleaved':
      return contrast(baseline.map(value), candidate.map(value));
    case 'days': {
      const days = [...new Set(baseline.map(dayOf))];
      const means = days.map((day) => mean(baseline.filter((run) => dayOf(run) === day).map(value)));
      return againstDays(means, candidate.map(value));
    }
    case 'planned': {
      const error = (runs: readonly RunSummary[]): number =>
        mean(runs.map((run) => planned(run, role) ** 2)) / runs.length;
      return {
        difference: mean(candidate.map(value)) - mean(baseline.map(value)),
        standardError: Math.sqrt(error(baseline) + error(candidate)),
        df: MANY,
        isPaired: false,
      };
    }
    default:
      return kind satisfies never;
  }
}
