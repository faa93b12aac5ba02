import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { usageError } from '../foundation/errors.ts';
import { type RunFolder, runFolder } from '../ledger/run-folder.ts';

/**
 * A folder for results, made where it is not there.
 * @throws HarnessError (2) where nothing can be written
 */
export async function writableFolder(path: string): Promise<RunFolder> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
    return runFolder(path);
  } catch (error) {
    throw usageError(`cannot write reports to ${path}: ${(error as Error).message}; choose a folder with --out`, {
      cause: error,
    });
  }
}
