import type { Audit } from '../../contracts/generated/audit.ts';
import { isCleaned } from '../audit/cleanup/cleanup-file.ts';
import { renderAudit } from '../audit/report/text.ts';
import { type AuditOptions, type AuditTask, auditPath, runAudit } from '../audit/run-audit.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { assertKnownTarget } from '../run/plan/known-target.ts';
import type { AuditOptions as AuditCommandOptions } from './flags/audit-flags.ts';
import { openStoredRun } from './stored-run.ts';
import { unlessStopped } from './unless-stopped.ts';

/** Reads back what the service stored of a run, and holds it against the run's ledger. */
export const audit: Command<AuditCommandOptions> = async (options, io) => {
  const { folder: path, config, confirmTarget, json, sample, concurrency, visibleWithin: visibleMs } = options;
  const task = await openStoredRun(
    {
      ...{ folder: path, config, command: 'audit', needsRead: 'stored conversations cannot be read' },
      assertTarget: ({ plan, folder }) => {
        assertKnownTarget(plan, confirmTarget, io.env);
        if (!isCleaned(folder)) return;
        throw new HarnessError(
          EXIT.noEvidence,
          `${path} has been cleaned up: its conversations are removed, so there is nothing to audit`,
        );
      },
    },
    io,
  );
  const result = await auditUnlessStopped({ sample, concurrency, visibleMs }, task, io);
  if (result === undefined) return EXIT.interrupted;
  if (json) io.json(result);
  (json ? io.err : io.out)(renderAudit(result, { path: auditPath(task.folder) }));
  return result.exitCode;
};

/** Undefined where the user ended it. */
export async function auditUnlessStopped(
  options: AuditOptions,
  task: AuditTask,
  io: Pick<Io, 'err' | 'signal'>,
): Promise<Audit | undefined> {
  const goesOn = `The audit was interrupted; fini-harness audit ${task.folder.path} continues from there.`;
  return unlessStopped(runAudit(options, task), goesOn, io);
}
