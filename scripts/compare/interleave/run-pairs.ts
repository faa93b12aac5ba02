import { randomUUID } from 'node:crypto';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import { duration, plural } from '../../foundation/text/format.ts';
import type { K6 } from '../../k6/provision.ts';
import { isFailed } from '../../ledger/ledger-turn.ts';
import { createRunFolder } from '../../ledger/run-folder.ts';
import { headlineOf } from '../../report/reason.ts';
import { writeReports } from '../../report/write-reports.ts';
import { assertResources } from '../../run/assert-resources.ts';
import { execute } from '../../run/execute.ts';
import type { Service } from '../../run/service.ts';
import type { PlannedRun } from './plan-pairs.ts';
import { slotFolder } from './session.ts';
import type { PerArm } from './slots.ts';

export interface Runner {
  /** The folder of the comparison. */
  readonly root: string;
  /** Pairs in all. */
  readonly pairs: number;
  readonly k6: K6;
  readonly services: PerArm<Service>;
  readonly quiet: boolean;
  /** Asked after each pair: whether no further one is needed. */
  readonly isDecided?: (() => Promise<boolean>) | undefined;
}

/** After these no further run would tell more. */
const ENDING: readonly number[] = [EXIT.interrupted, EXIT.unreachable, EXIT.harnessFault];

/**
 * Makes the runs, for which there is leave already, one after the other, each to its own reports. Ends early where the
 * user stops it, the target is gone or refuses the key, or it is decided; what is finished stays.
 * @returns the exit code that ended it early
 * @throws HarnessError where not even the first run can be made
 */
export async function runPairs(runs: readonly PlannedRun[], runner: Runner, io: Io): Promise<number | undefined> {
  for (const [index, run] of runs.entries()) {
    if (io.signal.aborted) return EXIT.interrupted;
    io.err(`Pair ${run.pair} of ${runner.pairs}, ${run.arm}: ${targetName(run.plan)}\n`);
    const end = await tryRun(run, index === 0, runner, io);
    if (io.signal.aborted) return EXIT.interrupted;
    if (end !== undefined) return end;
    const isWhole = runs[index + 1]?.pair !== run.pair;
    if (isWhole && (await runner.isDecided?.()) === true) return undefined;
  }
  return undefined;
}

const targetName = ({ target }: Plan): string => (target.embedded ? 'reference server' : target.baseUrl);

/** The exit code of a run after which no other would tell more. */
async function tryRun(run: PlannedRun, isFirst: boolean, runner: Runner, io: Io): Promise<number | undefined> {
  try {
    const result = await runOne(run, runner, io);
    io.err(`  ${summary(result)}\n`);
    if (!ENDING.includes(result.exitCode)) return undefined;
    io.err(`  ${headlineOf(result)}\n`);
    return result.exitCode;
  } catch (error) {
    if (isFirst || !(error instanceof HarnessError)) throw error;
    io.err(`  ${error.message}\n`);
    return error.exitCode;
  }
}

async function runOne(run: PlannedRun, { root, k6, services, quiet }: Runner, io: Io): Promise<Result> {
  const service = services[run.arm];
  const plan: Plan = { ...run.plan, runId: randomUUID(), createdAt: new Date().toISOString(), target: service.target };
  await assertResources(plan, root, io);
  const folder = await createRunFolder({ out: slotFolder(root, run).path, scenario: plan.scenario }, io.cwd);
  const model = await execute({ plan, folder, k6, service, k6Args: [], quiet }, io);
  await writeReports(folder.path, model, io.guard.redact);
  return model.result;
}

function summary({ levels = [], counts, outcomes }: Result): string {
  const user = levels.find(({ role }) => role === 'user');
  const failed = outcomes.filter(isFailed);
  const failures = failed.reduce((sum, { count }) => sum + count, 0);
  const p95 =
    user === undefined || user.p95 === null
      ? 'too few user turns for a p95'
      : `p95 ${user.censored ? '≥ ' : ''}${duration(user.p95)} of ${plural(user.n, 'user turn')}`;
  return `${p95}, ${failures} of ${plural(counts.sent, 'turn')} failed`;
}
