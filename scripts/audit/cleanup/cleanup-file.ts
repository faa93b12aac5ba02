import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

export const cleanupPath = (folder: RunFolder): string => join(folder.path, 'cleanup.json');

/** Ids that earlier clean-ups of this run removed; none where there was none. */
export function removedBefore(folder: RunFolder): ReadonlySet<string> {
  try {
    const { removed } = JSON.parse(readFileSync(cleanupPath(folder), 'utf8')) as CleanupFile;
    return new Set(removed);
  } catch {
    return new Set();
  }
}
