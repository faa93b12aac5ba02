import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unredacted } from '../foundation/guard.ts';
import { livenessOf, type Owner, thisProcess } from '../foundation/owner.ts';
import { writeJson } from '../ledger/run-folder.ts';

/** Which process makes a run: what tells a run that goes on from one that was killed. */
export const PROCESS_FILE = 'process.json';

/** Writes down that this process makes the run of a folder. */
export async function claimRun(folder: string): Promise<void> {
  await writeJson(join(folder, PROCESS_FILE), await thisProcess(), unredacted);
}

/** Whether the process that makes a run is there; `unknown` also where no file says which it is. */
export async function runLiveness(folder: string): Promise<'alive' | 'gone' | 'unknown'> {
  try {
    const owner = JSON.parse(await readFile(join(folder, PROCESS_FILE), 'utf8')) as Owner;
    return await livenessOf(owner);
  } catch {
    return 'unknown';
  }
}
