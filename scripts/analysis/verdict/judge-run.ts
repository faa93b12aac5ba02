import type { Plan } from '../../../contracts/generated/plan.ts';
import type { PlanSummary, Result, Share } from '../../../contracts/generated/result.ts';
import { share } from '../../foundation/statistics/share.ts';
import { hasCustomerText } from '../../foundation/text/customer-text.ts';
import type { Lanes } from '../metrics/lanes.ts';
import type { RunFacts } from '../metrics/run-facts.ts';
import type { ShareSeries } from '../metrics/shares.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './gate.ts';
import { findProblems } from './problems.ts';
import type { Trial } from './trial.ts';
import { decide } from './verdict.ts';

/** Measurements to result: problems, then gates, then the verdict. */
export function judgeRun(trial: Trial): Result {
  const { plan, run, measurements } = trial;
  const { lanes, counts, latency, outcomes, violations, requests } = measurements;
  const problems = findProblems(trial);
  const invalidating = problems.filter(({ severity }) => severity === 'invalid');
  const validity = {
    isInvalid: invalidating.some(({ code }) => code !== 'late-starts'),
    isLate: invalidating.some(({ code }) => code === 'late-starts'),
  };
  const gates = plan.gates.map((gate) => judge(gate, evidenceOf(gate.metric, measurements, validity), plan.strict));
  return {
    version: 2,
    runId: plan.runId,
    scenario: plan.scenario,
    ...decide({ gates, problems, counts, breakers: lanes.breakers.map(({ reason }) => reason) }),
    target: plan.target,
    plan: summarise(plan, run),
    complete: problems.every(({ severity }) => severity !== 'incomplete'),
    problems,
    window: windowOf(plan, lanes),
    counts,
    goodput: shareOf(measurements.shares.goodput),
    ...whereKnown(measurements),
    generator: { valid: invalidating.length === 0, ...generatorOf(measurements, run) },
    ...runnersOf(measurements, run),
    gates,
    ...(plan.gatesOff === undefined ? {} : { gatesOff: plan.gatesOff }),
    ...(plan.gatesStarved === undefined ? {} : { gatesStarved: plan.gatesStarved }),
    latency,
    outcomes,
    violations,
    requests,
    spent: spent(plan, counts.userTurns),
  };
}

/** What not every run has. */
function whereKnown({ conversations, throughput, retries, little, levels, slowest }: Trial['measurements']) {
  return {
    ...(conversations === undefined ? {} : { conversations }),
    ...(throughput === undefined ? {} : { throughput }),
    ...(retries === undefined ? {} : { retries }),
    ...(little === undefined ? {} : { little }),
    ...(levels === undefined ? {} : { levels }),
    ...(slowest === undefined ? {} : { slowest }),
  };
}

function generatorOf({ punctuality, lateness, shares }: Trial['measurements'], run: RunFacts) {
  const { cpuShare, peakMemoryBytes } = run;
  return {
    ...punctuality,
    late: shareOf(shares.late),
    ...(lateness === undefined ? {} : { lateShift: lateness.shift }),
    ...(cpuShare === undefined ? {} : { cpuShare }),
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
  };
}

/** What the ledger shows of runners, and what only the process that ran them knows. */
function runnersOf({ runners }: Trial['measurements'], run: RunFacts): Pick<Result, 'runners'> {
  if (runners === undefined) return {};
  const facts = new Map(run.runners?.map((it) => [it.runner, it]));
  return { runners: runners.map((row) => ({ ...row, ...facts.get(row.runner) })) };
}

function shareOf({ n, deff, worst }: ShareSeries): Share {
  return share(worst, n, deff);
}

function summarise(plan: Plan, { k6 }: RunFacts): PlanSummary {
  const { createdAt, harness, seed, model, conversations, turns, timeoutMs, stages } = plan;
  return {
    createdAt,
    harness,
    ...(k6 === undefined ? {} : { k6 }),
    seed,
    model,
    rate: model === 'closed' ? null : Math.max(...stages.flatMap(({ from, to }) => [from, to])),
    concurrency: plan.concurrency ?? null,
    conversations,
    turns,
    timeoutMs,
    continuation: plan.continuation.strategy,
    workload: plan.workload.source,
    ...(hasCustomerText(plan.workload) ? { customerText: true as const } : {}),
    ...(plan.contract && { contract: { version: plan.contract.version, sha256: plan.contract.sha256 } }),
    lanes: plan.lanes,
  };
}

function windowOf({ stages }: Plan, { startAt, firstAt, lastAt }: Lanes): Result['window'] {
  const measured = stages.filter((stage) => stage.measured);
  return {
    startMs: measured.length === 0 ? 0 : Math.min(...measured.map(({ startMs }) => startMs)),
    endMs: measured.length === 0 ? 0 : Math.max(...measured.map(({ endMs }) => endMs)),
    seconds: measured.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000,
    startedAt: startAt,
    lastedMs: lastAt === null || firstAt === null ? 0 : lastAt - firstAt,
  };
}

function spent({ price }: Plan, userTurns: number): NonNullable<Result['spent']> {
  return price === undefined
    ? { userTurns }
    : { userTurns, price: userTurns * price.perTurn, currency: price.currency };
}
