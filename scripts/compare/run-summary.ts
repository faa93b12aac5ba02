import type { GateSummary, RunSummary } from '../../contracts/generated/baseline.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { MEASURED } from '../analysis/metrics/latency.ts';
import { isBlocking } from '../analysis/verdict/verdict.ts';
import { isFailed } from '../ledger/ledger-turn.ts';

/** A run's name for people. */
export const nameOf = ({ folder, runId }: RunSummary): string => folder ?? runId;

/** Each run once, however often it was named. */
export const distinct = (runs: readonly RunSummary[]): RunSummary[] => [
  ...new Map(runs.map((run) => [run.runId, run])).values(),
];

/** What a comparison needs of a run. */
export function summariseRun(result: Result): RunSummary {
  const { runId, plan, window, counts, levels = [], latency, outcomes, violations, gates } = result;
  const { model, rate, concurrency, workload, continuation } = plan;
  const deffOf = (role: string): number => {
    const row = latency.find((each) => each.role === role && each.stage === MEASURED);
    return row === undefined || row.nEffective === 0 ? 1 : row.n / row.nEffective;
  };
  const failed = outcomes.filter(isFailed);
  return {
    runId,
    at: window.startedAt ?? Date.parse(plan.createdAt),
    target: targetOf(result),
    load: { scenario: result.scenario, model, rate, concurrency: concurrency ?? null, workload, continuation },
    levels: levels.map((level) => ({ ...level, deff: deffOf(level.role) })),
    errors: { k: failed.reduce((sum, { count }) => sum + count, 0), n: counts.sent },
    gates: gates.map(gateOf),
    violations: violations.map(({ rule, class: kind, count }) => ({ rule, class: kind, count })),
    ...outageOf(result),
    flaw: flawOf(result),
  };
}

/** A reference server that a run brought along is on another port each time. */
function targetOf({ target: { baseUrl, botId, embedded } }: Result): string {
  return embedded ? 'the reference server' : `${baseUrl}, bot ${botId}`;
}

function gateOf({ metric, op, limit, observed, verdict }: Result['gates'][number]): GateSummary {
  return { metric, op, limit, value: observed.value, lower: observed.lower, upper: observed.upper, verdict };
}

function outageOf({ reason }: Result): Pick<RunSummary, 'outage'> {
  return reason === 'key-refused' || reason === 'scope-missing' || reason === 'target-unreached'
    ? { outage: reason }
    : {};
}

function flawOf({ problems }: Result): RunSummary['flaw'] {
  return problems.find(isBlocking)?.code ?? null;
}
