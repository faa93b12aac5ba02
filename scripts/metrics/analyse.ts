import type { Plan } from '../../contracts/generated/plan.ts';
import type { PlanSummary, Problem, Result } from '../../contracts/generated/result.ts';
import { type Database, openDatabase } from '../ledger/database.ts';
import { ingest } from '../ledger/ingest.ts';
import { writeTurns } from '../ledger/turns.ts';
import { evidenceOf } from '../verdict/evidence.ts';
import { judge } from '../verdict/gate.ts';
import { findProblems } from '../verdict/problems.ts';
import { decide } from '../verdict/verdict.ts';
import { countTurns } from './counts.ts';
import { generatorHealth } from './generator.ts';
import { type Lanes, readLanes } from './lanes.ts';
import { latencyRows } from './latency.ts';
import { little } from './little.ts';
import { rank } from './percentile.ts';
import type { RunFacts } from './run-facts.ts';
import { readSample } from './sample.ts';
import type { Series } from './series.ts';
import { share } from './share.ts';
import { readShares, type ShareSeries } from './shares.ts';
import { isSettled } from './steady-state.ts';
import { outcomeRows, requestRows, slowestTurns, violationRows } from './tables.ts';
import { throughput } from './throughput.ts';
import { timeSeries } from './time-series.ts';

export interface Analysis {
  readonly plan: Plan;
  /** Ledgers of this run, plain or gzip, one a runner. */
  readonly ledgers: readonly string[];
  /** Where turns.parquet is written. */
  readonly parquet: string;
  readonly run?: RunFacts;
}

/**
 * Ledgers to result and figures. A ledger may be torn, short or empty: the result says so.
 * @throws HarnessError for ledgers that are missing, of another run or of several executions of it.
 */
export async function analyse({
  plan,
  ledgers,
  parquet,
  run = {},
}: Analysis): Promise<{ result: Result; series: Series }> {
  const db = await openDatabase();
  try {
    const { damaged } = await ingest(db, ledgers, plan.runId);
    await writeTurns(db, plan, parquet);
    return await measure(db, plan, run, damaged);
  } finally {
    db.close();
  }
}

async function measure(
  db: Database,
  plan: Plan,
  run: RunFacts,
  damaged: number,
): Promise<{ result: Result; series: Series }> {
  const lanes = await readLanes(db);
  const lastMs = lanes.lastAt === null || lanes.startAt === null ? 0 : lanes.lastAt - lanes.startAt;
  const counts = await countTurns(db);
  const shares = await readShares(db);
  const ranked = rank(await readSample(db, `measured AND role = 'user'`));
  const late = shareOf(shares.late);
  const balance = await little(db, plan, lastMs);
  const outcomes = await outcomeRows(db, counts.sent);
  const problems = findProblems({
    plan,
    run,
    lanes,
    damaged,
    counts,
    late,
    little: balance,
    settled: isLevel(plan) ? isSettled(ranked.sample.ms) : true,
    noDescriptors: outcomes.find(({ errorCode }) => errorCode === NO_DESCRIPTORS)?.count ?? 0,
  });
  const invalid = problems.find(({ severity }) => severity === 'invalid')?.message;
  const gates = plan.gates.map((gate) =>
    judge(
      gate,
      evidenceOf(gate.metric, {
        latency: ranked,
        shares,
        violations: counts.withViolations,
        answered: counts.answered,
        missingLines: lanes.missingLines,
        ...(invalid === undefined ? {} : { invalid }),
      }),
    ),
  );
  const rates = await throughput(db, plan, lastMs);
  const result: Result = {
    version: 1,
    runId: plan.runId,
    scenario: plan.scenario,
    ...decide({ gates, problems, counts, breakers: lanes.breakers.map(({ reason }) => reason) }),
    target: plan.target,
    plan: summarise(plan, run),
    complete: isComplete(problems),
    problems,
    window: windowOf(plan, lanes),
    counts,
    ...(rates === undefined ? {} : { throughput: rates }),
    goodput: shareOf(shares.goodput),
    ...(balance === undefined ? {} : { little: balance }),
    generator: await generatorHealth(db, late, invalid === undefined, run),
    gates,
    latency: await latencyRows(db),
    outcomes,
    violations: await violationRows(db, counts.answered),
    requests: await requestRows(db),
    slowest: await slowestTurns(db),
    spent: spent(plan, counts.userTurns),
  };
  return { result, series: await timeSeries(db, plan, ranked, lastMs) };
}

/** k6: too many open files. */
const NO_DESCRIPTORS = 1213;

function shareOf({ n, deff, worst }: ShareSeries): Result['generator']['late'] {
  return share(worst, n, deff);
}

/** Only a level load of the open model can have a steady state. */
function isLevel({ stages, model }: Plan): boolean {
  const rates = stages.filter(({ measured }) => measured).flatMap(({ from, to }) => [from, to]);
  return model !== 'closed' && new Set(rates).size === 1;
}

function isComplete(problems: readonly Problem[]): boolean {
  return problems.every(({ severity }) => severity !== 'incomplete');
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
