import { existsSync } from 'node:fs';
import { chmod, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { unredacted } from '../foundation/guard.ts';
import { writeJson } from '../ledger/run-folder.ts';
import type { Leak } from './scan.ts';

const NOTE = 'quarantine.json';

/**
 * Moves a folder or a file out of the way, to `<path>.quarantined`, readable by the owner alone; into a folder goes a
 * note of what stands where. Returns the new path.
 */
export async function quarantine(path: string, isFolder: boolean, leaks: readonly Leak[]): Promise<string> {
  const place = freeName(`${path}.quarantined`);
  await rename(path, place);
  await chmod(place, isFolder ? 0o700 : 0o600);
  if (isFolder) await writeJson(join(place, NOTE), { version: 1, at: new Date().toISOString(), leaks }, unredacted);
  return place;
}

function freeName(path: string): string {
  let free = path;
  for (let suffix = 2; existsSync(free); suffix++) free = `${path}-${suffix}`;
  return free;
}
