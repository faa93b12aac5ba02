import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT, type ExitCode } from '../../foundation/exit-codes.ts';
import { plural } from '../../foundation/text/format.ts';
import { apiClient, BULK_LIMIT } from '../../http/api-client.ts';
import type { AuditTask } from '../run-audit.ts';
import { readRunLedger } from '../run-ledger.ts';
import { cleanedBeside, removalsBefore } from './cleanup-file.ts';
import { type CleanupTargets, findTargets } from './find-targets.ts';
import { removalRecord } from './removal-record.ts';
import { remover } from './remover.ts';

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

/** The targets of a run that began nothing. */
export const NOTHING: CleanupTargets = {
  own: [],
  gone: [],
  foreign: [],
  shared: [],
  unseen: [],
  untraceable: 0,
  whole: true,
};
const AGAIN_MS = 500;

/**
 * Removes the conversations that a run has begun, fifty at a time, and looks whether they are gone. Can be repeated at any time, also
 * after a crash: cleanup.json in the run's folder says what is removed already.
 * @throws HarnessError (8) where the service cannot be read, or the key may not delete
 */
export async function runCleanup(
  { dryRun, concurrency }: CleanupOptions,
  { plan, folder, apiKey, signal, say, redact }: AuditTask,
): Promise<Cleanup> {
  if (!dryRun && existsSync(folder.texts)) {
    await rm(folder.texts);
    say('The stored texts of its turns are removed.\n');
  }
  if (plan.continuation.strategy === 'fixed') {
    return { dryRun, shared: true, targets: NOTHING, removed: [], left: [], exitCode: EXIT.pass };
  }
  const ledger = await readRunLedger(folder);
  const client = apiClient(plan.target, apiKey, signal, { timeoutMs: plan.timeoutMs });
  const earlier = removalsBefore(folder);
  const cleaned = cleanedBeside(folder);
  const find = (removed: ReadonlySet<string>) => findTargets({ plan, ledger, client, concurrency, removed, cleaned });
  const targets = await find(earlier.removed);
  if (!targets.whole && targets.own.length === 0) {
    throw new HarnessError(
      EXIT.unreachable,
      `${plan.target.baseUrl} does not list conversations${client.trouble()}: try again later`,
    );
  }
  if (dryRun) return { dryRun, shared: false, targets, removed: targets.own, left: [], exitCode: EXIT.pass };
  say(`Removing ${plural(targets.own.length, 'conversation')}.\n`);
  const before = new Set([...earlier.removed, ...noMore(earlier.asked, targets)]);
  const record = removalRecord({ plan, folder, redact }, before);
  const { asked } = record;
  const remaining = () => find(new Set([...before, ...asked]));
  const { refused, after } = await removeAll({ targets, record, client, concurrency, remaining, signal });
  const left = [...new Set([...(after.whole ? [] : refused), ...after.own, ...after.unseen])];
  await record.end(left);
  const removed = [...asked].filter((id) => !left.includes(id));
  const isClean = left.length === 0 && targets.whole && after.whole;
  return { dryRun, shared: false, targets, removed, left, exitCode: isClean ? EXIT.pass : EXIT.contractViolated };
}

interface Removing {
  readonly targets: CleanupTargets;
  readonly record: ReturnType<typeof removalRecord>;
  readonly client: ReturnType<typeof apiClient>;
  readonly concurrency: number;
  readonly remaining: () => Promise<CleanupTargets>;
  readonly signal: AbortSignal;
}

/** What a service says of a deletion is not what it has done: it is looked at, and asked again for what is still there. */
async function removeAll({ targets, record, client, concurrency, remaining, signal }: Removing) {
  let refused: string[] = [];
  let after = targets;
  const { together, singly } = remover(client, concurrency);
  for (const [round, remove] of [together, singly].entries()) {
    if (after.own.length === 0) break;
    if (round > 0) await setTimeout(AGAIN_MS, undefined, { signal });
    refused = [];
    for (let from = 0; from < after.own.length; from += BULK_LIMIT) {
      refused.push(...(await record.remove(after.own.slice(from, from + BULK_LIMIT), remove)));
    }
    after = await remaining();
  }
  return { refused, after };
}

/** Those that an interrupted clean-up asked for, and that the service shows no more. */
function noMore(asked: ReadonlySet<string>, { own, shared, foreign, unseen }: CleanupTargets): string[] {
  const seen = new Set([...own, ...shared, ...foreign, ...unseen]);
  return [...asked].filter((id) => !seen.has(id));
}
