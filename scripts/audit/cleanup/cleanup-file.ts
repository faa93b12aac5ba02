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
  /** Ids of conversations whose removal is asked for: of a clean-up that ended before the answer, nobody knows. */
  readonly asked?: readonly string[];
}

/** What earlier clean-ups of a run did. */
export interface Removals {
  readonly removed: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
}

const NAME = 'cleanup.json';

export const cleanupPath = (folder: RunFolder): string => join(folder.path, NAME);

/** None where there was no clean-up. */
export function removalsBefore(folder: RunFolder): Removals {
  const { removed, asked } = readCleanupFile(cleanupPath(folder)) ?? {};
  return { removed: new Set(removed), asked: new Set(asked) };
}

/** Whether the service may lack conversations of a run because they were removed. */
export function isCleaned(folder: RunFolder): boolean {
  const { removed, asked } = removalsBefore(folder);
  return removed.size + asked.size > 0;
}

/** Hashes of the runs beside this one that have been cleaned up, as references carry them; not of those amid it. */
export function cleanedBeside(folder: RunFolder): ReadonlySet<number> {
  const results = dirname(folder.path);
  const files = readdirSync(results).flatMap((name) => readCleanupFile(join(results, name, NAME)) ?? []);
  return new Set(files.filter(({ asked }) => asked === undefined).map(({ runId }) => runHash(runId)));
}

/** Undefined where there is none. */
export function readCleanupFile(path: string): CleanupFile | undefined {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Partial<CleanupFile> | null;
    return typeof file?.runId === 'string' && Array.isArray(file.removed) ? (file as CleanupFile) : undefined;
  } catch {
    return undefined;
  }
}
