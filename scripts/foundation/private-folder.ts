import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisProcess } from './owner.ts';
import { OWNER_FILE, PREFIX } from './private-leftovers.ts';

/** A temporary folder that nobody else can read. Where this process is killed before it removes it, the next one does. */
export async function privateFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), PREFIX));
  await writeFile(join(path, OWNER_FILE), JSON.stringify(await thisProcess()), { mode: 0o600 });
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
