import { type Cleanup, type CleanupOptions, runCleanup } from '../audit/cleanup/run-cleanup.ts';
import { renderCleanup } from '../audit/report/cleanup-text.ts';
import type { AuditTask } from '../audit/run-audit.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { assertKnownTarget, assertMayDelete } from '../run/plan/known-target.ts';
import { AUDIT_DEFAULTS } from './flags/audit-flags.ts';
import type { CleanupOptions as CleanupCommandOptions } from './flags/cleanup-flags.ts';
import { openStoredRun } from './stored-run.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Removes the conversations that a run has begun. */
export const cleanup: Command<CleanupCommandOptions> = async ({ folder, config, dryRun, confirmTarget }, io) => {
  const task = await openStoredRun(
    {
      ...{ folder, config, command: 'cleanup', needsRead: 'the conversations of the run cannot be identified' },
      assertTarget: ({ plan }) =>
        dryRun ? assertKnownTarget(plan, confirmTarget, io.env) : assertMayDelete(plan, confirmTarget),
    },
    io,
  );
  const { concurrency } = AUDIT_DEFAULTS;
  const done = await cleanUpUnlessStopped({ dryRun, concurrency }, task, io);
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
  const goesOn = `The clean-up was interrupted; fini-harness cleanup ${task.folder.path} continues from there.`;
  return unlessStopped(runCleanup(options, task), goesOn, io);
}
