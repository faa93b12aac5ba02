import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { usageError } from '../../foundation/errors.ts';
import { modelPaths } from '../../run/workload/model-paths.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { readArrivals } from '../../run/workload/read-arrivals.ts';

/** What is known of what customers do: scripts, the law of arrivals, or both. */
export interface WorkloadModel {
  /** As the user named it. */
  readonly name: string;
  readonly scripts: readonly ConversationScript[];
  readonly arrivals: Arrivals | undefined;
}

const BUILT_IN = 'built-in';

/**
 * Reads a learnt model: its folder, or one of its files; any other workload has scripts alone.
 * @throws HarnessError (2) where there is none
 */
export async function readModel(name: string, cwd: string): Promise<WorkloadModel> {
  const path = resolve(cwd, name);
  if (!existsSync(path)) {
    if (name === BUILT_IN) return { name, scripts: (await readWorkload()).conversations, arrivals: undefined };
    throw usageError(
      `there is no ${name}: give a folder or file of \`workload learn\`, a workload, or ${BUILT_IN} for that of the harness`,
    );
  }
  if (!statSync(path).isDirectory()) return readFile(name, path);
  const files = modelPaths(path);
  const has = { workload: existsSync(files.workload), arrivals: existsSync(files.arrivals) };
  if (!has.workload && !has.arrivals) throw usageError(`${name} contains no workload.jsonl and no arrivals.json`);
  const within = (file: string): string => join(name, basename(file));
  return {
    name,
    scripts: has.workload ? (await readWorkload(files.workload, within(files.workload))).conversations : [],
    arrivals: has.arrivals ? await readArrivals(files.arrivals, within(files.arrivals)) : undefined,
  };
}

async function readFile(name: string, path: string): Promise<WorkloadModel> {
  return path.endsWith('.json')
    ? { name, scripts: [], arrivals: await readArrivals(path, name) }
    : { name, scripts: (await readWorkload(path, name)).conversations, arrivals: undefined };
}
