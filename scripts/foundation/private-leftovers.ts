import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Owner } from './owner.ts';

/** Of the names of private folders, and of no other folder: each is looked into at every start. */
export const PREFIX = 'fini-harness-private-';
/** Says whose a private folder is. */
export const OWNER_FILE = 'owner.json';

/** Removes private folders whose processes are gone without having done so: killed, or lost with the power. */
export async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const folders = names.filter((name) => name.startsWith(PREFIX)).map((name) => join(tmpdir(), name));
  for (const folder of folders) {
    const owner = await ownerOf(folder).catch(() => undefined);
    if (owner === undefined) continue;
    // Loaded only where there is something to look at.
    const { livenessOf } = await import('./owner.ts');
    if ((await livenessOf(owner)) === 'gone') await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Of a folder of this user; in a folder that all may write to, others may put theirs. */
async function ownerOf(folder: string): Promise<Owner | undefined> {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return undefined;
  const owner = JSON.parse(await readFile(join(folder, OWNER_FILE), 'utf8')) as Owner;
  return Number.isSafeInteger(owner.pid) && typeof owner.start === 'string' ? owner : undefined;
}
