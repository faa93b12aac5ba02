import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { usageError } from '../errors.ts';
import { type RunFolder, runFolder } from '../run-folder.ts';
import { explain } from '../schema/explain.ts';
import { validatorOf } from '../schema/validator.ts';
import type { BaselineStore } from './baseline-store.ts';
import { summariseRun } from './run-summary.ts';

/**
 * The runs that a source names: the results folder of a run, a folder that holds such folders, or a baseline by its name.
 * @throws HarnessError (2) when it is none of these
 */
export async function readRuns(source: string, cwd: string, store: BaselineStore): Promise<readonly RunSummary[]> {
  const path = resolve(cwd, source);
  if (existsSync(runFolder(path).plan)) return [await readRun(runFolder(path))];
  const folders = await runFoldersIn(path);
  if (folders.length > 0) return Promise.all(folders.map(readRun));
  if (await store.has(source)) return store.read(source);
  throw usageError(`${source} is neither a results folder, nor a folder of them, nor a baseline`);
}

async function runFoldersIn(path: string): Promise<RunFolder[]> {
  const entries = await readdir(path).catch(() => []);
  return entries.map((entry) => runFolder(join(path, entry))).filter(({ plan }) => existsSync(plan));
}

const readRun = async (folder: RunFolder): Promise<RunSummary> => summariseRun(await readResult(folder));

/** @throws HarnessError (2) where there is none of this version */
export async function readResult(folder: RunFolder): Promise<Result> {
  const text = await readFile(folder.result, 'utf8').catch((error: Error) => {
    throw usageError(`${folder.path} has no result.json: make it with \`fini-harness report ${folder.path}\``, {
      cause: error,
    });
  });
  const validate = validatorOf('result');
  const value = parse(text);
  if (validate(value)) return value as Result;
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${folder.result} is not a result of this version (${first?.pointer} ${first?.text}): ` +
      `make it anew with \`fini-harness report ${folder.path}\``,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
