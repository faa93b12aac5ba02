import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import pMap from 'p-map';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { HistoryNote, UnreadFolder } from '../../contracts/generated/history.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { explain } from '../foundation/schema/explain.ts';
import { validatorOf } from '../foundation/schema/validator.ts';
import { type RunFolder, runFolder } from '../ledger/run-folder.ts';
import type { BaselineStore } from './baseline-store.ts';
import { summariseRun } from './run-summary.ts';

const READ_AT_ONCE = 16;

/**
 * The runs that a source names: the results folder of a run, a folder that holds such folders, or a baseline by its name.
 * @throws HarnessError (2) when it is none of these
 */
export async function readRuns(source: string, cwd: string, store: BaselineStore): Promise<readonly RunSummary[]> {
  const path = resolve(cwd, source);
  if (existsSync(runFolder(path).plan)) return [await readRun(runFolder(path))];
  const folders = await runFoldersIn(path);
  const runs = (await pMap(folders, runUnlessCheck, { concurrency: READ_AT_ONCE })).filter((run) => run !== undefined);
  if (runs.length > 0) return runs;
  if (await store.has(source)) return store.read(source);
  throw usageError(`${source} is neither a results folder, nor a folder of them, nor a baseline`);
}

/** The runs of a source, and why others are left out. */
export interface Survey {
  readonly runs: readonly RunSummary[];
  readonly notes: readonly HistoryNote[];
}

const MOST_NAMED = 5;

/**
 * As `readRuns`, but a folder without a readable result is left out and named, as are those of other commands.
 * @throws HarnessError (2) when the source is none of these
 */
export async function surveyRuns(source: string, cwd: string, store: BaselineStore): Promise<Survey> {
  const path = resolve(cwd, source);
  const folders = existsSync(runFolder(path).plan) ? [] : await runFoldersIn(path);
  if (folders.length === 0) return { runs: await readRuns(source, cwd, store), notes: [] };
  const read = (await pMap(folders, tryRun, { concurrency: READ_AT_ONCE })).filter((each) => each !== undefined);
  const unread = read.filter((each) => !isRun(each)) as readonly UnreadFolder[];
  const more = unread.length - MOST_NAMED;
  return {
    runs: read.filter(isRun),
    notes: [...unread.slice(0, MOST_NAMED), ...(more > 0 ? [{ code: 'more-folders', count: more } as const] : [])],
  };
}

const isRun = (each: RunSummary | UnreadFolder): each is RunSummary => 'runId' in each;

async function tryRun(folder: RunFolder): Promise<RunSummary | UnreadFolder | undefined> {
  try {
    return await runUnlessCheck(folder);
  } catch (error) {
    if (error instanceof HarnessError) return { code: 'folder-unreadable', detail: error.message };
    throw error;
  }
}

/** Whether a folder holds runs, or is one. */
export async function holdsRuns(path: string): Promise<boolean> {
  return existsSync(runFolder(path).plan) || (await runFoldersIn(path)).length > 0;
}

async function runFoldersIn(path: string): Promise<RunFolder[]> {
  const entries = await readdir(path).catch(() => []);
  return entries.map((entry) => runFolder(join(path, entry))).filter(({ plan }) => existsSync(plan));
}

const readRun = async (folder: RunFolder): Promise<RunSummary> => ({
  ...summariseRun(await readResult(folder)),
  folder: folderName(folder),
});

/** A results folder also holds drift checks, which are no runs. */
async function runUnlessCheck(folder: RunFolder): Promise<RunSummary | undefined> {
  try {
    return await readRun(folder);
  } catch (error) {
    const plan = parse(await readFile(folder.plan, 'utf8').catch(() => ''));
    if (typeof plan === 'object' && plan !== null && 'chains' in plan) return undefined;
    throw error;
  }
}

/** `2026-01-31T09-30-00-load`; of an interleaved comparison `candidate/3`. */
export function folderName({ path }: RunFolder): string {
  const name = basename(path);
  return /^\d+$/.test(name) ? `${basename(dirname(path))}/${name}` : name;
}

/** @throws HarnessError (2) where there is none of this version */
export async function readResult(folder: RunFolder): Promise<Result> {
  const text = await readFile(folder.result, 'utf8').catch((error: Error) => {
    throw usageError(`${folder.path} has no result.json: create it with \`fini-harness report ${folder.path}\``, {
      cause: error,
    });
  });
  const validate = validatorOf('result');
  const value = parse(text);
  if (validate(value)) return value as Result;
  if ((value as { kind?: unknown } | null | undefined)?.kind === 'drift')
    throw usageError(`${folder.path} is a drift check, not a run: give the folder of a run`);
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${folder.result} is not a result of this version (${first?.pointer} ${first?.text}): ` +
      `rebuild it with \`fini-harness report ${folder.path}\``,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
