import { lstat, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { usageError } from '../../foundation/errors.ts';
import { Refusal } from '../refusal.ts';

/** The folder that is served, without a link in its path. */
export async function resultsRoot(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined)
    throw usageError(`there is no ${folder}: give the folder of the results, or start a run first`);
  if (!found.isDirectory()) throw usageError(`${folder} is not a folder: give the folder of the results`);
  return realpath(folder);
}

/**
 * The folder of a run below the root, by its id.
 * @throws Refusal for anything that leads out of the root, by dots, from its own root or by a link
 */
export async function folderOf(root: string, id: string): Promise<string> {
  const parts = id.split('/');
  const isPlain = !id.includes('\0') && !id.includes('\\') && !isAbsolute(id) && !parts.includes('..');
  if (!isPlain) throw new Refusal(404, 'There is no such run.');
  const folder = await inside(root, resolve(root, id));
  const found = await Promise.all(READ.map((name) => lstat(join(folder, name)).catch(() => undefined)));
  if (found.some((file) => file?.isSymbolicLink()))
    throw new Refusal(404, 'A file of this run is a link: it is not followed.');
  return folder;
}

/** Files of a run that are read as they are. */
const READ = [
  'run.json',
  'result.json',
  'process.json',
  'k6.json',
  '.texts.ndjson',
  'turns.ndjson',
  'turns.ndjson.gz',
  'turns.parquet',
];

/** A file of a run's folder; one that is a link out of the results is refused as if it were not there. */
export const fileIn = (root: string, folder: string, name: string): Promise<string> => inside(root, join(folder, name));

/** What a file of a run holds; undefined where there is none. */
export async function textIn(root: string, folder: string, name: string): Promise<string | undefined> {
  const path = await fileIn(root, folder, name).catch(() => undefined);
  if (path === undefined) return undefined;
  const file = await open(path, 'r');
  try {
    return (await file.stat()).isFile() ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}

export async function jsonIn(root: string, folder: string, name: string): Promise<unknown> {
  const text = await textIn(root, folder, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function inside(root: string, path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || (real !== root && !real.startsWith(`${root}${sep}`))) {
    throw new Refusal(404, 'There is no such run.');
  }
  return real;
}
