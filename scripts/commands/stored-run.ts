import { resolve } from 'node:path';
import type { AuditTask } from '../audit/run-audit.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { readPlan, runFolder } from '../ledger/run-folder.ts';
import { separateTexts } from '../ledger/separate-texts.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { assertStillThere } from '../run/plan/known-target.ts';
import { protectStoredRun } from '../run/plan/protect-plan.ts';
import { restoreWorkload } from '../run/plan/restore-workload.ts';
import { preflight } from '../run/preflight.ts';
import { mergeRunners } from '../run/runners/merge-ledgers.ts';

/** A finished run whose service is to be looked at again. */
export interface StoredRun {
  readonly folder: string;
  readonly config: string | undefined;
  /** For messages: what is done with it. */
  readonly command: 'audit' | 'cleanup';
  /** What the key is needed for. */
  readonly needsRead: string;
  /** Refuses a target that the user has not agreed to. */
  readonly assertTarget: (task: Pick<AuditTask, 'plan' | 'folder'>) => void;
}

/**
 * Opens a run's folder for a command that reads the service: with the key, and with the personal data that may not be
 * written.
 * @throws HarnessError (2, 7, 8)
 */
export async function openStoredRun(stored: StoredRun, io: Io): Promise<AuditTask> {
  const folder = runFolder(resolve(io.cwd, stored.folder));
  await mergeRunners(folder, io.guard.redact);
  const plan = await restoreWorkload(await readPlan(folder), io.cwd);
  await separateTexts(folder, plan);
  assertStillThere(plan, stored.command);
  await protectStoredRun(plan, stored.config, io);
  stored.assertTarget({ plan, folder });
  const apiKey = apiKeyOf(io.env);
  const { canRead } = await preflight(plan.target, apiKey, io.signal);
  if (!canRead) {
    throw new HarnessError(EXIT.unreachable, `the API key lacks the read scope: without it, ${stored.needsRead}`);
  }
  io.guard.watch(folder.path);
  return taskOf({ plan, folder, apiKey }, io);
}

/** What an audit or a clean-up needs of a run. */
export function taskOf(run: Pick<AuditTask, 'plan' | 'folder' | 'apiKey'>, { signal, err, guard }: Io): AuditTask {
  return { ...run, signal, say: err, redact: guard.redact };
}
