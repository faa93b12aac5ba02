import { resolve } from 'node:path';
import type { Config } from '../../../contracts/generated/config.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { mixed } from '../workload/mix.ts';
import { readWorkload, type Workload } from '../workload/read.ts';
import { protectPlan } from './protect-plan.ts';

/**
 * The plan of a run with what it really said: personal data is not kept in run.json, so the workload is read again where
 * it is still the same file. Otherwise the plan stays as it was kept, with `workload.redacted`.
 */
export async function restoreWorkload(plan: Plan, cwd: string): Promise<Plan> {
  const { source, sha256, redacted, conversations } = plan.workload;
  if (redacted !== true) return plan;
  const path = source === BUILT_IN ? undefined : resolve(cwd, source);
  const { mix } = plan.config as Pick<Config, 'mix'>;
  const workload = await readWorkload(path, source).then(
    (read) => mixed(read, mix),
    () => undefined,
  );
  return workload?.sha256 === sha256 && isSame(workload.conversations, conversations) ? { ...plan, workload } : plan;
}

/**
 * A kept plan to go on with: what is sent is what was sent before, personal data, too, which no file keeps.
 * @throws HarnessError (2) where the workload is another by now
 */
export async function restorePlan(kept: Plan, io: Pick<Io, 'cwd' | 'guard'>): Promise<Plan> {
  const plan = await restoreWorkload(kept, io.cwd);
  if (plan.workload.redacted === true) {
    throw usageError(`the workload ${plan.workload.source} has changed since then: start a new search`);
  }
  protectPlan(plan, io);
  return plan;
}

const BUILT_IN = 'built-in';

/** A rung of a capacity search keeps another cut of the workload. */
function isSame(read: Workload['conversations'], kept: Workload['conversations']): boolean {
  return (
    read.length === kept.length &&
    read.every(({ id, turns }, index) => kept[index]?.id === id && kept[index]?.turns.length === turns.length)
  );
}
