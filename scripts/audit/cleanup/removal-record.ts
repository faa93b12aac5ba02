import { rm } from 'node:fs/promises';
import { HarnessError } from '../../foundation/errors.ts';
import { writeJson } from '../../ledger/run-folder.ts';
import type { AuditTask } from '../run-audit.ts';
import { type CleanupFile, cleanupPath, readCleanupFile } from './cleanup-file.ts';
import type { Remove } from './remover.ts';

/** Keeps `cleanup.json` true while conversations are removed, whenever that ends. */
export interface RemovalRecord {
  /** Those whose removal was asked for and answered. */
  readonly asked: ReadonlySet<string>;
  /** Removes conversations; returns those whose removal was refused. */
  readonly remove: (ids: readonly string[], by: Remove) => Promise<readonly string[]>;
  readonly end: (left: readonly string[]) => Promise<void>;
}

/** `before`: ids of what earlier clean-ups removed. */
export function removalRecord(
  { plan, folder, redact }: Pick<AuditTask, 'plan' | 'folder' | 'redact'>,
  before: ReadonlySet<string>,
): RemovalRecord {
  const path = cleanupPath(folder);
  const asked = new Set<string>();
  let known = readCleanupFile(path);
  let refused: string[] = [];
  const contentOf = (left: readonly string[]): CleanupFile => {
    const removed = [...new Set([...before, ...asked])].filter((id) => !left.includes(id));
    return { version: 1, runId: plan.runId, at: Date.now(), removed, left };
  };
  const end = (left: readonly string[]): Promise<void> => {
    known = contentOf(left);
    return writeJson(path, known, redact);
  };
  return {
    asked,
    end,
    remove: async (ids, by) => {
      refused = refused.filter((id) => !ids.includes(id));
      await writeJson(path, { ...contentOf(refused), asked: ids } satisfies CleanupFile, redact);
      try {
        const now = await by(ids);
        refused.push(...now);
        for (const id of ids) asked.add(id);
        await end(refused);
        return now;
      } catch (error) {
        // A key that is refused has removed nothing; of any other end nobody knows.
        if (error instanceof HarnessError) await (known === undefined ? rm(path) : writeJson(path, known, redact));
        throw error;
      }
    },
  };
}
