import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { ComparisonNote } from '../../../contracts/generated/comparison.ts';
import type { Redact } from '../../../contracts/redact.ts';
import { usageError } from '../../foundation/errors.ts';
import { unredacted } from '../../foundation/guard.ts';
import type { Io } from '../../foundation/io.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';
import { type RunFolder, runFolder, writeJson } from '../../ledger/run-folder.ts';
import { restorePlan } from '../../run/plan/restore-workload.ts';
import { planRecord } from '../../secrets/plan-record.ts';
import { folderName, readResult } from '../read-runs.ts';
import { summariseRun } from '../run-summary.ts';
import { flawOf } from '../usable.ts';
import type { PlannedPairs, PlannedRun } from './plan-pairs.ts';
import { ARMS, type PerArm, type Slot } from './slots.ts';

/** The folder of an interleaved comparison: its frozen plans, and a folder a run, `baseline/1`, `candidate/1` and so on. */
const sessionFile = (root: string): string => join(root, 'interleave.json');

export const slotFolder = (root: string, { arm, pair }: Slot): RunFolder => runFolder(join(root, arm, String(pair)));

type Saved = PlannedPairs & { readonly version: 1 };

/** Keys and personal data are not kept. */
export async function saveSession(root: string, planned: PlannedPairs, redact: Redact): Promise<void> {
  const runs = planned.runs.map((run) => ({ ...run, plan: planRecord(run.plan, redact) }));
  const saved: Saved = { version: 1, ...planned, runs };
  await writeJson(sessionFile(root), saved, unredacted);
}

/** @throws HarnessError (2) where the folder holds no interleaved comparison that can go on */
export async function readSession(root: string, io: Pick<Io, 'cwd' | 'guard'>): Promise<PlannedPairs> {
  const path = sessionFile(root);
  if (!existsSync(path)) throw usageError(`${root} contains no interleaved comparison (interleave.json)`);
  const text = await readFile(path, 'utf8');
  const saved = parse(path, text);
  const isPlan = validatorOf('plan');
  if (saved.version !== 1 || !saved.runs.every(({ plan }) => isPlan(plan))) {
    throw usageError(`${path} is not of this version: start a new comparison`);
  }
  const runs = await Promise.all(saved.runs.map(async (run) => ({ ...run, plan: await restorePlan(run.plan, io) })));
  return { ...saved, runs };
}

function parse(path: string, text: string): Saved {
  try {
    return JSON.parse(text) as Saved;
  } catch (error) {
    throw usageError(`${path} is damaged: ${(error as Error).message}`, { cause: error });
  }
}

/** Runs that have not come to their end. */
export async function openRuns(root: string, { runs }: PlannedPairs): Promise<PlannedRun[]> {
  const finished = await Promise.all(runs.map((run) => readFinished(root, run)));
  return runs.filter((_, index) => finished[index] === undefined);
}

/** Puts aside what an earlier try of a run left: its ledger tells what was sent, and is never overwritten. */
export async function putAside(root: string, slot: Slot): Promise<void> {
  const { path } = slotFolder(root, slot);
  if (!existsSync(path)) return;
  const aside = join(root, 'interrupted');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt += 1) {
    const target = join(aside, `${slot.arm}-${slot.pair}-${attempt}`);
    if (!existsSync(target)) return rename(path, target);
  }
}

export interface Pairs extends PerArm<RunSummary[]> {
  /** Runs of the pairs that are left out: their failures and violations count all the same. */
  readonly aside: PerArm<RunSummary[]>;
  readonly notes: ComparisonNote[];
}

/** The runs of whole pairs, and which pairs are left out and why: a run without its mate would not be held against its own schedule. */
export async function readPairs(root: string, { pairs, stages }: PlannedPairs): Promise<Pairs> {
  const found: Pairs = { baseline: [], candidate: [], aside: { baseline: [], candidate: [] }, notes: [] };
  const missing: number[] = [];
  for (let pair = 1; pair <= pairs; pair += 1) {
    const runs = await Promise.all(ARMS.map((arm) => readFinished(root, { arm, pair })));
    const [baseline, candidate] = runs;
    if (baseline === undefined || candidate === undefined) {
      missing.push(pair);
      continue;
    }
    const flaw = flawOf(baseline) ?? flawOf(candidate);
    const side = flaw === null ? found : found.aside;
    side.baseline.push(baseline);
    side.candidate.push(candidate);
    if (flaw !== null) {
      const arm = flawOf(baseline) === null ? 'candidate' : 'baseline';
      found.notes.push({ code: 'pair-left-out', pair, arm, flaw });
    }
  }
  // What a comparison in stages did not need is not missing.
  if (missing.length > 0 && stages === undefined)
    found.notes.push({ code: 'pairs-missing', missing: missing.length, pairs });
  return found;
}

async function readFinished(root: string, slot: Slot): Promise<RunSummary | undefined> {
  const folder = slotFolder(root, slot);
  if (!existsSync(folder.result)) return undefined;
  const result = await readResult(folder);
  const isInterrupted = result.problems.some(({ code }) => code === 'interrupted');
  return isInterrupted ? undefined : { ...summariseRun(result), folder: folderName(folder) };
}
