import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { type LedgerHead, ledgerHead } from './ledger-head.ts';

/** Hidden files are none: one holds the texts of a run. */
const LEDGER = /^[^.].*\.ndjson(\.gz)?$/;

/**
 * The ledgers that runners have left in a folder: its `*.ndjson`, plain or gzip, and those of the folders in it. What was
 * merged of them before is left out, unless there is nothing else.
 */
export async function findLedgers(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw usageError(`cannot read ${folder}: ${readTrouble(error)}: give the folder with the ledgers of the runners`, {
      cause: error,
    });
  });
  const nested = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map(async ({ name }) => ledgersAmong(join(folder, name))),
  );
  const merged = runFolder(folder).ledger;
  const all = [...(await ledgersAmong(folder)), ...nested.flat()];
  const own = all.filter((path) => path !== merged);
  if (all.length > 0) return own.length > 0 ? own : all;
  throw usageError(`there is no ledger (*.ndjson) in ${folder}: give the folder with the ledgers of the runners`);
}

/** A ledger that is there packed and unpacked counts once. */
async function ledgersAmong(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && LEDGER.test(entry.name))
    .map(({ name }) => name)
    .sort();
  return names
    .filter((name) => !names.includes(name.replace(/\.gz$/, '')) || !name.endsWith('.gz'))
    .map((name) => join(folder, name));
}

/** Ledgers that make one run, and what a reader should know of them. */
export interface RunnerLedgers {
  readonly ledgers: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Whether ledgers are of one execution of a plan. A copy of a ledger counts once; of a runner that was started twice, one
 * may have sent.
 * @throws HarnessError (2) that names the file
 */
export async function ledgersOfPlan(paths: readonly string[], plan: Plan): Promise<RunnerLedgers> {
  const kept: LedgerHead[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const head = await ledgerHead(path);
    assertOfPlan(head, plan);
    const same = kept.find((other) => haveOneLane(other, head));
    if (same === undefined) kept.push(head);
    else if (isCopy(same, head)) notes.push(`${path} is a copy of ${basename(same.path)}: counted once`);
    else if (same.isSilent || head.isSilent) {
      kept.push(head);
      notes.push(
        `${basename(same.path)} and ${path} are from one runner that was started twice; only one of them sent turns`,
      );
    } else {
      throw usageError(
        `${same.path} and ${path} are two executions of one runner of the plan: keep the ledgers of one execution`,
      );
    }
  }
  return { ledgers: kept.map(({ path }) => path), notes };
}

function assertOfPlan({ path, starts }: LedgerHead, { runId, startAt }: Plan): void {
  const foreign = starts.find((start) => start.runId !== runId);
  if (foreign !== undefined) {
    throw usageError(
      `${path} is of run ${foreign.runId}, but the plan is of run ${runId}: remove it, or give its plan`,
    );
  }
  const other = starts.find((start) => startAt !== undefined && start.startAt !== startAt);
  if (other === undefined) return;
  throw usageError(
    `${path} is from another execution of the plan: it started at ${instantOf(other.startAt)}, the plan starts at ${instantOf(startAt ?? 0)}`,
  );
}

const instantOf = (epochMs: number): string => new Date(epochMs).toISOString();

const lanesOf = ({ starts }: LedgerHead): Map<number, number> => new Map(starts.map(({ lane, at }) => [lane, at]));

function haveOneLane(one: LedgerHead, other: LedgerHead): boolean {
  const lanes = lanesOf(one);
  return other.starts.some(({ lane }) => lanes.has(lane));
}

/** Clocks of two executions never agree on every lane. */
function isCopy(one: LedgerHead, other: LedgerHead): boolean {
  const lanes = lanesOf(one);
  return other.starts.every(({ lane, at }) => !lanes.has(lane) || lanes.get(lane) === at);
}
