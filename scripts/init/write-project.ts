import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usageError } from '../foundation/errors.ts';
import type { ProjectFile } from './project-files.ts';

export interface Written {
  readonly path: string;
  readonly what: 'written' | 'kept' | 'added to';
}

/**
 * Writes the files that are not there yet; what is there stays as it is, except for lines added to a list.
 * @throws HarnessError (2) where the folder cannot be written
 */
export async function writeProject(folder: string, files: readonly ProjectFile[]): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const file of files) {
    const what = await write(join(folder, file.path), file).catch((error: NodeJS.ErrnoException) => {
      throw usageError(`cannot write ${file.path} in ${folder}: ${error.message}`, { cause: error });
    });
    written.push({ path: file.path, what });
  }
  return written;
}

async function write(path: string, { text, adds }: ProjectFile): Promise<Written['what']> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
    return 'written';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return adds === true ? addLines(path, text) : 'kept';
  }
}

async function addLines(path: string, text: string): Promise<Written['what']> {
  const before = await readFile(path, 'utf8');
  const known = new Set(before.split(/\r?\n/).map((line) => line.trim()));
  const missing = text.split('\n').filter((line) => line !== '' && !known.has(line));
  if (missing.length === 0) return 'kept';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await appendFile(path, `${gap}${missing.join('\n')}\n`);
  return 'added to';
}
