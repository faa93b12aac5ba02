import pMap from 'p-map';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT, type ExitCode } from '../../foundation/exit-codes.ts';
import { plural } from '../../foundation/text/format.ts';
import { apiClient, BULK_LIMIT } from '../../http/api-client.ts';
import { writeJson } from '../../ledger/run-folder.ts';
import type { AuditTask } from '../run-audit.ts';
import { readRunLedger } from '../run-ledger.ts';
import { type CleanupFile, cleanupPath, removedBefore } from './cleanup-file.ts';
import { type CleanupTargets, findTargets } from './find-targets.ts';

/** What a clean-up came to. */
export interface Cleanup {
  readonly dryRun: boolean;
  /** Strategy fixed: the conversations were somebody else's, so that nothing is to be removed. */
  readonly shared: boolean;
  readonly targets: CleanupTargets;
  /** Conversations removed now; of a dry run, those that would be. */
  readonly removed: readonly string[];
  /** Conversations that the service still has. */
  readonly left: readonly string[];
  readonly exitCode: ExitCode;
}

export interface CleanupOptions {
  readonly dryRun: boolean;
  readonly concurrency: number;
}

const NOTHING: CleanupTargets = { own: [], gone: [], foreign: [], unseen: [], untraceable: 0, whole: true };

/**
 * Removes the conversations that a run has begun, fifty at a time, and looks whether they are gone. Can be repeated at any time, also
 * after a crash: cleanup.json in the run's folder says what is removed already.
 * @throws HarnessError (8) where the service cannot be read, or the key may not delete
 */
export async function runCleanup(
  { dryRun, concurrency }: CleanupOptions,
  { plan, folder, apiKey, signal, say, redact }: AuditTask,
): Promise<Cleanup> {
  if (plan.continuation.strategy === 'fixed') {
    return { dryRun, shared: true, targets: NOTHING, removed: [], left: [], exitCode: EXIT.pass };
  }
  const ledger = await readRunLedger(folder);
  const client = apiClient(plan.target, apiKey, signal, plan.timeoutMs);
  const before = removedBefore(folder);
  const find = (removed: ReadonlySet<string>) => findTargets({ plan, ledger, client, concurrency, removed });
  const targets = await find(before);
  const { own, whole } = targets;
  if (!whole && own.length === 0) {
    throw new HarnessError(EXIT.unreachable, `${plan.target.baseUrl} does not list conversations: try again later`);
  }
  if (dryRun) return { dryRun, shared: false, targets, removed: own, left: [], exitCode: EXIT.pass };
  say(`Removing ${plural(own.length, 'conversation')}.\n`);
  const file = { version: 1, runId: plan.runId } as const;
  const removed: string[] = [];
  const refused: string[] = [];
  const note = (left: readonly string[]): Promise<void> => {
    const gone = [...before, ...removed].filter((id) => !left.includes(id));
    return writeJson(
      cleanupPath(folder),
      { ...file, at: Date.now(), removed: gone, left } satisfies CleanupFile,
      redact,
    );
  };
  for (let from = 0; from < own.length; from += BULK_LIMIT) {
    const page = own.slice(from, from + BULK_LIMIT);
    const { status } = await client.deleteConversations(page);
    refuseKey(status);
    // A body that the reference does not show may be another one: one by one works the same.
    const kept = status === 200 ? [] : await removeSingly(page);
    refused.push(...kept);
    removed.push(...page.filter((id) => !kept.includes(id)));
    await note(refused);
  }
  // What a service says of a deletion is not what it has done.
  const after = own.length === 0 ? targets : await find(new Set([...before, ...removed]));
  const left = [...new Set([...(after.whole ? [] : refused), ...after.own, ...after.unseen])];
  await note(left);
  const gone = removed.filter((id) => !left.includes(id));
  const isClean = left.length === 0 && whole && after.whole;
  return { dryRun, shared: false, targets, removed: gone, left, exitCode: isClean ? EXIT.pass : EXIT.contractViolated };

  /** Returns those that are still there. */
  async function removeSingly(ids: readonly string[]): Promise<string[]> {
    const kept = await pMap(
      ids,
      async (id) => {
        const { status } = await client.deleteConversation(id);
        refuseKey(status);
        return status >= 200 && status < 300 ? [] : [id];
      },
      { concurrency },
    );
    return kept.flat();
  }

  function refuseKey(status: number): void {
    if (status === 401)
      throw new HarnessError(EXIT.unreachable, 'the API key is refused (401): nothing more is removed');
    if (status !== 403) return;
    throw new HarnessError(
      EXIT.unreachable,
      'the API key lacks the write scope (403), without which nothing is removed',
    );
  }
}
