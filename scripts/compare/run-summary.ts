import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { MEASURED } from '../metrics/latency.ts';

/** What a comparison needs of a run. */
export function summariseRun(result: Result): RunSummary {
  const { runId, plan, window, counts, levels = [], latency, outcomes, violations } = result;
  const { model, rate, concurrency, workload, continuation } = plan;
  const deffOf = (role: string): number => {
    const row = latency.find((each) => each.role === role && each.stage === MEASURED);
    return row === undefined || row.nEffective === 0 ? 1 : row.n / row.nEffective;
  };
  const failed = outcomes.filter(({ outcome, status }) => outcome !== 'answered' || status !== 200);
  return {
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
