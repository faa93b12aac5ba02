import { resolve } from 'node:path';
import { type Cleanup, type CleanupOptions, runCleanup } from '../audit/cleanup/run-cleanup.ts';
import { renderCleanup } from '../audit/report/cleanup-text.ts';
import type { AuditTask } from '../audit/run-audit.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { readPlan, runFolder } from '../ledger/run-folder.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { assertKnownTarget, assertMayDelete, assertStillThere } from '../run/plan/known-target.ts';
import { preflight } from '../run/preflight.ts';
import { AUDIT_DEFAULTS } from './flags/audit-flags.ts';
import type { CleanupOptions as CleanupCommandOptions } from './flags/cleanup-flags.ts';

/** Removes the conversations that a run has begun. */
export const cleanup: Command<CleanupCommandOptions> = async ({ folder: path, dryRun, confirmTarget }, io) => {
  const folder = runFolder(resolve(io.cwd, path));
  const plan = await readPlan(folder);
  assertStillThere(plan, 'cleanup');
  if (dryRun) assertKnownTarget(plan, confirmTarget, io.env);
  else assertMayDelete(plan, confirmTarget);
  const apiKey = apiKeyOf(io.env);
  const { canRead } = await preflight(plan.target, apiKey);
  if (!canRead) {
    const message = 'the API key lacks the read scope, without which nobody knows which conversations the run began';
    throw new HarnessError(EXIT.unreachable, message);
  }
  io.guard.watch(folder.path);
  const { concurrency } = AUDIT_DEFAULTS;
  const done = await cleanUpUnlessStopped(
    { dryRun, concurrency },
    { plan, folder, apiKey, signal: io.signal, say: io.err },
    io,
  );
  if (done === undefined) return EXIT.interrupted;
  io.out(renderCleanup(done));
  return done.exitCode;
};

/** Undefined where the user ended it. */
export async function cleanUpUnlessStopped(
  options: CleanupOptions,
  task: AuditTask,
  io: Pick<Io, 'err' | 'signal'>,
): Promise<Cleanup | undefined> {
  try {
    return await runCleanup(options, task);
  } catch (error) {
    if (!io.signal.aborted) throw error;
    io.err(`The clean-up was interrupted; fini-harness cleanup ${task.folder.path} goes on where it was.\n`);
    return undefined;
  }
}
