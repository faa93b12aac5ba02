import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import { readTrouble } from '../foundation/read-trouble.ts';
import { explain } from '../foundation/schema/explain.ts';
import { validatorOf } from '../foundation/schema/validator.ts';
import { writeAtomic } from '../foundation/write-atomic.ts';

/** Where the files of one run lie. */
export interface RunFolder {
  readonly path: string;
  readonly plan: string;
  readonly ledger: string;
  /** Bodies of turns, with --keep-texts; hidden, so that what uploads results leaves it out. */
  readonly texts: string;
  /** What running k6 showed that the ledger cannot show. */
  readonly facts: string;
  readonly parquet: string;
  readonly result: string;
  readonly html: string;
  readonly markdown: string;
  readonly junit: string;
  readonly metrics: string;
  /** The report of GitLab by its name there. */
  readonly loadPerformance: string;
}

export function runFolder(path: string): RunFolder {
  return {
    path,
    plan: join(path, 'run.json'),
    ledger: join(path, 'turns.ndjson'),
    texts: join(path, '.texts.ndjson'),
    facts: join(path, 'k6.json'),
    parquet: join(path, 'turns.parquet'),
    result: join(path, 'result.json'),
    html: join(path, 'report.html'),
    markdown: join(path, 'report.md'),
    junit: join(path, 'junit.xml'),
    metrics: join(path, 'metrics.prom'),
    loadPerformance: join(path, 'load-performance.json'),
  };
}

/** Nobody but the owner reads what customers said. */
const OWNER_ONLY = 0o700;

/**
 * Creates the folder of a run with an empty ledger: `out`, which must be new or empty, or results/<time>-<scenario> in
 * the working folder.
 * @throws HarnessError (2) when it holds something, or cannot be written
 */
export async function createRunFolder(
  { out, scenario, now }: { out?: string | undefined; scenario: string; now?: Date },
  cwd: string,
): Promise<RunFolder> {
  const folder = runFolder(await createFolder({ out, name: scenario, ...(now && { now }) }, cwd));
  // Whenever the run is killed, `report` finds a ledger: at worst an empty one.
  await writable(folder.path, writeFile(folder.ledger, '', { mode: 0o600 }));
  return folder;
}

/** As `createRunFolder`, without a ledger: a folder of several runs. Returns its path. */
export async function createFolder(
  { out, name, now = new Date() }: { out?: string | undefined; name: string; now?: Date },
  cwd: string,
): Promise<string> {
  const path = resolve(cwd, out ?? join('results', `${stamp(now)}-${name}`));
  const make = async (): Promise<string> => {
    await mkdir(dirname(path), { recursive: true });
    return out === undefined ? makeUnique(path) : makeEmpty(path);
  };
  return writable(path, make());
}

async function writable<T>(path: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw usageError(`cannot write results to ${path}: ${error.message}; choose another folder with --out`, {
      cause: error,
    });
  }
}

/** Two runs may start in the same second. */
async function makeUnique(path: string): Promise<string> {
  for (let suffix = 1; ; suffix += 1) {
    const candidate = suffix === 1 ? path : `${path}-${suffix}`;
    try {
      await mkdir(candidate, { mode: OWNER_ONLY });
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function makeEmpty(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: OWNER_ONLY });
  // One that was there may be open to others.
  await chmod(path, OWNER_ONLY);
  if ((await readdir(path)).length > 0) throw usageError(`${path} is not empty: choose a new folder with --out`);
  return path;
}

/** `2026-01-31T09-30-00`: sorts by time, and is a legal file name everywhere. */
const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(':', '-');

/** Whole or not at all, with all its texts redacted. */
export function writeJson(path: string, value: unknown, redact: Redact): Promise<void> {
  return writeAtomic(path, `${JSON.stringify(redactStrings(value, redact))}\n`);
}

/** @throws HarnessError (2) when the folder holds no readable plan */
export async function readPlan(folder: RunFolder): Promise<Plan> {
  const text = await readFile(folder.plan, 'utf8').catch((error: Error) => {
    throw usageError(`${folder.path} is not the folder of a run: cannot read run.json: ${readTrouble(error)}`, {
      cause: error,
    });
  });
  const plan = parsePlan(folder.plan, text);
  const validate = validatorOf('plan');
  if (validate(plan)) return plan as Plan;
  const [first] = explain(validate.errors ?? []);
  throw usageError(`${folder.plan} is not a plan of this version: ${first?.pointer} ${first?.text}`);
}

function parsePlan(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${path} is damaged: ${(error as Error).message}`, { cause: error });
  }
}
