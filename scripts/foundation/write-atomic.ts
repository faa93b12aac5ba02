import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/** Nobody but the owner reads it. */
const PRIVATE = 0o600;

/**
 * Writes a file whole or not at all: a reader never sees half of it, whenever the writer is killed, the power fails or the
 * disk is full.
 */
export async function writeAtomic(path: string, text: string, mode = PRIVATE): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { mode, flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
