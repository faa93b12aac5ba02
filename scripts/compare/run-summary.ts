import type { Level, Result } from '../../contracts/generated/result.ts';
import { MEASURED } from '../metrics/latency.ts';

/** What a comparison needs of a run; small enough to keep in git as a baseline. */
export interface RunSummary {
  readonly version: 1;
  readonly runId: string;
  /** Epoch ms of its start. */
  readonly at: number;
  /** What was offered: only runs of the same load compare. */
  readonly load: {
    readonly scenario: string;
    readonly model: string;
    readonly rate: number | null;
    readonly concurrency: number | null;
    readonly workload: string;
    readonly continuation: string;
  };
  readonly levels: readonly RunLevel[];
  /** Turns without a 200, of all sent. */
  readonly errors: { readonly k: number; readonly n: number };
  readonly violations: readonly { readonly rule: string; readonly class: string; readonly count: number }[];
  /** Why it proves nothing, where it does not: generator at fault, run incomplete. */
  readonly flaw: string | null;
}

export interface RunLevel extends Level {
  /** By how much autocorrelation inflates the variance of shares within the run. */
  readonly deff: number;
}

export function summariseRun(result: Result): RunSummary {
  const { runId, plan, window, counts, levels = [], latency, outcomes, violations } = result;
  const { model, rate, concurrency, workload, continuation } = plan;
  const deffOf = (role: string): number => {
    const row = latency.find((each) => each.role === role && each.stage === MEASURED);
    return row === undefined || row.nEffective === 0 ? 1 : row.n / row.nEffective;
  };
  const failed = outcomes.filter(({ outcome, status }) => outcome !== 'answered' || status !== 200);
  return {
    version: 1,
    runId,
    at: window.startedAt ?? Date.parse(plan.createdAt),
    load: { scenario: result.scenario, model, rate, concurrency: concurrency ?? null, workload, continuation },
    levels: levels.map((level) => ({ ...level, deff: deffOf(level.role) })),
    errors: { k: failed.reduce((sum, { count }) => sum + count, 0), n: counts.sent },
    violations: violations.map(({ rule, class: kind, count }) => ({ rule, class: kind, count })),
    flaw: flawOf(result),
  };
}

/** Turns that the end of a run cut off are few and count against it: they are no flaw. */
function flawOf({ problems }: Result): string | null {
  return problems.find(({ severity, code }) => severity !== 'notice' && code !== 'turns-cut')?.message ?? null;
}
