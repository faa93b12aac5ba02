import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAtomic } from '../../foundation/write-atomic.ts';

/** As far as the user's umask allows. */
const PUBLIC = 0o666;

/**
 * Writes a built file whole or not at all, since another process may read it, or build it, at the same time; leaves one
 * that says the same already as it is.
 */
export async function writeChanged(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeAtomic(path, text, PUBLIC);
}
