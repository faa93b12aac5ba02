import { randomUUID } from 'node:crypto';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import type { FullConfig } from '../../config/load.ts';
import { EXIT } from '../../exit-codes.ts';
import type { Io } from '../../io.ts';
import type { K6 } from '../../k6/provision.ts';
import { duration, plural } from '../../report/format.ts';
import { writeReports } from '../../report/write-reports.ts';
import { admit, intentOf } from '../../run/admit.ts';
import { assertResources } from '../../run/assert-resources.ts';
import { execute } from '../../run/execute.ts';
import type { Service } from '../../run/service.ts';
import { createRunFolder, writeJson } from '../../run-folder.ts';
import type { PlannedRun } from './plan-pairs.ts';
import { putAside, slotFolder } from './session.ts';
import type { PerArm } from './slots.ts';

export interface Runner {
  /** The folder of the comparison. */
  readonly root: string;
  /** Pairs in all. */
  readonly pairs: number;
  readonly k6: K6;
  readonly services: PerArm<Service>;
  readonly quiet: boolean;
}

/** After these no further run would tell more. */
const ENDING: readonly number[] = [EXIT.interrupted, EXIT.unreachable, EXIT.harnessFault];

/**
 * Makes the runs one after the other, each to its own reports. Ends early where the user stops it, the target is gone
 * or refuses the key; what is finished stays.
 * @returns the exit code that ended it early
 */
export async function runPairs(runs: readonly PlannedRun[], runner: Runner, io: Io): Promise<number | undefined> {
  for (const run of runs) {
    if (io.signal.aborted) return EXIT.interrupted;
    io.err(
      `Pair ${run.pair} of ${runner.pairs}, ${run.arm}: ${run.plan.target.embedded ? 'reference server' : run.plan.target.baseUrl}\n`,
    );
    const result = await runOne(run, runner, io);
    io.err(`  ${summary(result)}\n`);
    if (io.signal.aborted) return EXIT.interrupted;
    if (ENDING.includes(result.exitCode)) {
      io.err(`  ${result.headline}\n`);
      return result.exitCode;
    }
  }
  return undefined;
}

async function runOne(run: PlannedRun, { root, k6, services, quiet }: Runner, io: Io): Promise<Result> {
  await putAside(root, run);
  const service = services[run.arm];
  const plan: Plan = { ...run.plan, runId: randomUUID(), createdAt: new Date().toISOString(), target: service.target };
  await assertResources(plan, root, io);
  const admission = await admit(intentOf(plan, plan.config as unknown as FullConfig), service, io);
  try {
    const folder = await createRunFolder({ out: slotFolder(root, run).path, scenario: plan.scenario }, io.cwd);
    await writeJson(folder.plan, plan);
    const model = await execute({ plan, folder, k6, service, k6Args: [], quiet, admission }, io);
    await writeReports(folder.path, model);
    return model.result;
  } finally {
    await admission.close();
  }
}

function summary({ levels = [], counts, outcomes }: Result): string {
  const user = levels.find(({ role }) => role === 'user');
  const failed = outcomes.filter(({ outcome, status }) => outcome !== 'answered' || status !== 200);
  const failures = failed.reduce((sum, { count }) => sum + count, 0);
  const p95 =
    user === undefined ? 'no good user turn' : `p95 ${duration(user.p95)} of ${plural(user.n, 'good user turn')}`;
  return `${p95}, ${failures} of ${plural(counts.sent, 'turn')} failed`;
}
