import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriftPlan } from '../../../contracts/generated/drift-plan.ts';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { RunFacts } from '../../analysis/metrics/run-facts.ts';
import { usageError } from '../../foundation/errors.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { readKnown } from '../baseline/known.ts';
import { judgeDrift } from '../judge-drift.ts';
import type { Strictness } from '../verdict.ts';
import { judgeLoadRun } from './judge-load-run.ts';
import { findLoadRun } from './load-run.ts';

/** How a run that was made earlier is judged. */
export interface Rejudgement {
  /** Where the reports go; without it, the folder of a drift check itself, or `drift` in that of another run. */
  readonly out: string | undefined;
  readonly memory: string;
  /** Without it, as the drift check itself was judged. */
  readonly strictness?: Strictness;
}

/** Judges what a folder holds, from its ledgers alone; sends nothing. Returns the result, and the folder for its reports. */
export async function rejudge(
  path: string,
  { out, memory, strictness }: Rejudgement,
): Promise<{ result: DriftResult; folder: string }> {
  const today = new Date().toISOString().slice(0, 10);
  const policyOf = async (plan: Pick<DriftPlan, 'runId' | 'createdAt'>) => {
    return { ...(await readKnown(memory, plan)), today };
  };
  if (!(await isDriftFolder(path))) {
    const run = await findLoadRun(path);
    const folder = out ?? join(path, 'drift');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const policy = { ...(await policyOf(run.plan)), strictAdditive: false, ...strictness };
    return { result: await judgeLoadRun(run, policy), folder };
  }
  const plan = await readDriftPlan(path);
  const folder = out ?? path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { ledger, facts } = runFolder(path);
  if (!existsSync(ledger)) throw usageError(`${path} has no ledger (turns.ndjson)`);
  const strict = strictness ?? plan.judge ?? { strictAdditive: false, strictStatistical: false };
  const interrupted = await wasInterrupted(facts);
  const policy = { ...(await policyOf(plan)), ...strict, interrupted };
  return { result: await judgeDrift(plan, { path: folder, ledger }, policy), folder };
}

/** Whether a folder holds a drift check rather than another run. */
export async function isDriftFolder(path: string): Promise<boolean> {
  const text = await readFile(runFolder(path).plan, 'utf8').catch(() => '');
  return 'chains' in parsed(text);
}

/** @throws HarnessError (2) */
async function readDriftPlan(path: string): Promise<DriftPlan> {
  const file = runFolder(path).plan;
  const plan = parsed(await readFile(file, 'utf8'));
  const validate = validatorOf('drift-plan');
  if (validate(plan)) return plan as unknown as DriftPlan;
  const [first] = explain(validate.errors ?? []);
  throw usageError(`${file} is not a plan of this version: ${first?.pointer} ${first?.text}`);
}

/** A check that was killed left no word of it. */
async function wasInterrupted(facts: string): Promise<boolean> {
  const { interrupted = false } = parsed(await readFile(facts, 'utf8').catch(() => '')) as RunFacts;
  return interrupted;
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
