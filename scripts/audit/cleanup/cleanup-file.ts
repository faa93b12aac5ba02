import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runHash } from '../../../contracts/reference.ts';
import type { RunFolder } from '../../ledger/run-folder.ts';

/** What was removed of a run, kept in its folder. */
export interface CleanupFile {
  readonly version: 1;
  readonly runId: string;
  /** Epoch ms. */
  readonly at: number;
  /** Ids of conversations that are gone. */
  readonly removed: readonly string[];
  /** Ids of conversations that could not be removed. */
  readonly left: readonly string[];
}

const NAME = 'cleanup.json';

export const cleanupPath = (folder: RunFolder): string => join(folder.path, NAME);

/** Ids that earlier clean-ups of this run removed; none where there was none. */
export function removedBefore(folder: RunFolder): ReadonlySet<string> {
  return new Set(readCleanupFile(cleanupPath(folder))?.removed);
}

/** Hashes of the runs beside this one that have been cleaned up, as references carry them. */
export function cleanedBeside(folder: RunFolder): ReadonlySet<number> {
  const results = dirname(folder.path);
  const files = readdirSync(results).flatMap((name) => readCleanupFile(join(results, name, NAME)) ?? []);
  return new Set(files.map(({ runId }) => runHash(runId)));
}

function readCleanupFile(path: string): CleanupFile | undefined {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Partial<CleanupFile> | null;
    return typeof file?.runId === 'string' && Array.isArray(file.removed) ? (file as CleanupFile) : undefined;
  } catch {
    return undefined;
  }
}
