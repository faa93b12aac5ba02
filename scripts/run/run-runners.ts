import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { RunFacts } from '../analysis/metrics/run-facts.ts';
import type { Io } from '../foundation/io.ts';
import { segmentArguments } from '../k6/segment.ts';
import { handOver } from '../secrets/hand-over.ts';
import type { Execution } from './execution.ts';
import { showProgress } from './progress.ts';
import { type PlanRun, runHanded } from './run-in-k6.ts';
import { mergeRunnerFacts } from './runners/merge-facts.ts';
import { mergeRunners, runnerFolder } from './runners/merge-ledgers.ts';
import { preparedIds } from './runners/prepared-ids.ts';

/** Of a plan for several runners. */
export interface SharedExecution extends Execution {
  readonly runners: number;
}

/**
 * Runs a plan in several k6 processes on this machine, which start together at one time, and makes one ledger of theirs.
 * One that ends early takes no other with it: what it had in flight is cut, and the run is incomplete.
 */
export async function runRunners(execution: SharedExecution, io: Io): Promise<{ facts: RunFacts; plan: Plan }> {
  const { folder, runners, k6, service, k6Args, quiet } = execution;
  // Each runner listens for the end of the run, and ends with this process.
  setMaxListeners(0, io.signal);
  process.setMaxListeners(process.getMaxListeners() + 2 * runners);
  const folders = Array.from({ length: runners }, (_, index) => runnerFolder(folder, index + 1));
  for (const { path, ledger } of folders) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(ledger, '', { mode: 0o600 });
  }
  const shared = { k6, apiKey: service.apiKey, env: io.env, signal: io.signal };
  const prepared = await withPreparedIds(execution, shared, io);
  const plan: Plan = { ...prepared, startAt: Date.now() + prepared.leadMs };
  const handed = await handOver(plan, folder.plan, io.guard);
  const progress = showProgress(
    folders.map(({ ledger }) => ledger),
    plan,
    { io, quiet },
  );
  const ended = await Promise.allSettled(
    folders.map((own, index) => {
      const args = [...segmentArguments(index + 1, runners), ...k6Args];
      return runHanded(
        { ...shared, lanes: plan.lanes / runners, folder: own, bundle: plan.scenario, contract: plan.contract, args },
        handed,
        io,
      );
    }),
  ).finally(handed.withdraw);
  await progress.stop();
  await mergeRunners(folder, io.guard.redact);
  const facts = ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value.facts;
  });
  return { facts: mergeRunnerFacts(facts), plan };
}

/** Each runner would prepare all conversations of strategy pool: one k6 does it before them, once. */
async function withPreparedIds(
  { plan, folder }: SharedExecution,
  shared: Pick<PlanRun, 'k6' | 'apiKey' | 'env' | 'signal'>,
  io: Io,
): Promise<Plan> {
  const { continuation } = plan;
  if (continuation.strategy !== 'pool') return plan;
  const own = runnerFolder(folder, 0);
  await mkdir(own.path, { recursive: true, mode: 0o700 });
  await writeFile(own.ledger, '', { mode: 0o600 });
  const handed = await handOver(plan, folder.plan, io.guard);
  await runHanded({ ...shared, lanes: 1, folder: own, bundle: 'lanes/prepare', args: [] }, handed, io).finally(
    handed.withdraw,
  );
  return { ...plan, continuation: { ...continuation, ids: await preparedIds(own.ledger, continuation.poolSize ?? 0) } };
}
