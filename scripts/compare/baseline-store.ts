import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Baseline, RunSummary } from '../../contracts/generated/baseline.ts';
import { usageError } from '../foundation/errors.ts';
import { parseFile } from '../foundation/parse-file.ts';
import { readTrouble } from '../foundation/read-trouble.ts';
import { explain } from '../foundation/schema/explain.ts';
import { validatorOf } from '../foundation/schema/validator.ts';
import { writeAtomic } from '../foundation/write-atomic.ts';
import { distinct } from './run-summary.ts';

/** Named baselines, one JSON file each, in a folder that is kept in git. */
export interface BaselineStore {
  readonly list: () => Promise<string[]>;
  readonly has: (name: string) => Promise<boolean>;
  /** Its runs in order of time. */
  readonly read: (name: string) => Promise<readonly RunSummary[]>;
  /** Adds runs; one that is there already is replaced. Returns how many it holds now. */
  readonly add: (name: string, runs: readonly RunSummary[]) => Promise<number>;
  /** Keeps the latest runs; returns how many went. */
  readonly prune: (name: string, keep: number) => Promise<number>;
}

const SUFFIX = '.json';
/** It is kept in git; as far as the user's umask allows. */
const SHARED = 0o666;
/** A name that is a file name everywhere, and no path. */
const NAME = /^[a-z0-9][a-z0-9._-]*$/i;

export function baselineStore(folder: string): BaselineStore {
  const list = async (): Promise<string[]> => {
    const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw usageError(`cannot read the baselines in ${folder}: ${readTrouble(error)}`, { cause: error });
    });
    return files
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => basename(file, SUFFIX))
      .sort();
  };
  const has = async (name: string): Promise<boolean> => (await list()).includes(name);
  const read = async (name: string): Promise<readonly RunSummary[]> => {
    if (!(await has(name)))
      throw usageError(`there is no baseline ${name} in ${folder}; there are: ${(await list()).join(', ') || 'none'}`);
    return inOrder((await readBaseline(join(folder, `${name}${SUFFIX}`))).runs);
  };
  const write = async (name: string, runs: readonly RunSummary[]): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeAtomic(join(folder, `${name}${SUFFIX}`), render({ version: 1, runs: inOrder(runs) }), SHARED);
  };
  return {
    list,
    has,
    read,
    add: async (name, runs) => {
      if (!NAME.test(name))
        throw usageError(`${name} is not a valid baseline name: use letters, digits, dots, dashes and underscores`);
      const held = distinct([...((await has(name)) ? await read(name) : []), ...runs]);
      await write(name, held);
      return held.length;
    },
    prune: async (name, keep) => {
      const runs = await read(name);
      await write(name, runs.slice(-keep));
      return Math.max(0, runs.length - keep);
    },
  };
}

async function readBaseline(path: string): Promise<Baseline> {
  const text = await readFile(path, 'utf8');
  const value = parse(path, text);
  const validate = validatorOf('baseline');
  if (validate(value)) return possible(path, value as Baseline);
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${path} is not a baseline of this version (${first?.pointer} ${first?.text}): rebuild it with \`fini-harness baseline add\``,
  );
}

/** @throws HarnessError (2) for counts that no run can have */
function possible(path: string, baseline: Baseline): Baseline {
  const odd = baseline.runs.findIndex(({ errors }) => errors.k > errors.n || errors.n > Number.MAX_SAFE_INTEGER);
  if (odd === -1) return baseline;
  throw usageError(`${path}: /runs/${odd}/errors has more errors than turns, or more turns than there can be`);
}

/** A line a run, so that a change is a small difference in git. */
function render({ version, runs }: Baseline): string {
  const lines = runs.map((run) => `  ${JSON.stringify(run)}`);
  return `{ "version": ${version}, "runs": [\n${lines.join(',\n')}\n] }\n`;
}

function parse(path: string, text: string): unknown {
  try {
    return parseFile(text);
  } catch (error) {
    throw usageError(`${path} is damaged: ${(error as Error).message}`, { cause: error });
  }
}

function inOrder(runs: readonly RunSummary[]): RunSummary[] {
  return [...runs].sort((a, b) => a.at - b.at);
}
