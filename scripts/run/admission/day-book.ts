import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HarnessError, usageError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import { unredacted } from '../../foundation/guard.ts';
import type { Owner } from '../../foundation/owner.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { writeJson } from '../../ledger/run-folder.ts';
import type { TurnCount } from '../plan/turn-budget.ts';
import { claim, HeldError } from './claim.ts';

/** What one run may spend, and what it has spent. */
export interface Entry {
  readonly id: string;
  /** Epoch ms of its reservation, which decides its day. */
  readonly at: number;
  /** Origin of the base URL. */
  readonly target: string;
  readonly what: string;
  readonly owner: Owner;
  /** Epoch ms: where nobody can look whether its process is still there, it counts as running until then. */
  readonly until: number;
  /** `null`: only time bounds it. */
  readonly most: TurnCount | null;
  readonly price?: { readonly perTurn: number; readonly currency: string };
  /** From here on it may have sent something. */
  begun?: boolean;
  /** Where its ledgers lie, with what they held before. */
  ledgers?: { readonly folder: string; readonly before: TurnCount };
  /** Set once it has ended. */
  spent?: TurnCount;
}

/** One day of spending from one working folder. */
export interface Day {
  readonly version: 1;
  readonly entries: Entry[];
}

const WAIT_MS = 30_000;
const LONGEST_MS = 60_000;

/** `results/spending/2026-01-31.json` in the working folder; days are those of UTC. */
export function dayPath(cwd: string, now: number): string {
  return resolve(cwd, 'results', 'spending', `${new Date(now).toISOString().slice(0, 10)}.json`);
}

/** A day as it stands, for reading; empty where nothing was spent. */
export async function readDay(path: string): Promise<Day> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw usageError(`cannot read what was spent today, ${path}: ${readTrouble(error)}`, { cause: error });
  });
  if (text === undefined) return { version: 1, entries: [] };
  const day = parsed(text);
  if (day !== undefined) return day;
  throw usageError(`${path} is damaged: correct it, or remove it to reset the spending of that day`);
}

function parsed(text: string): Day | undefined {
  try {
    const day = JSON.parse(text) as Day;
    return Array.isArray(day.entries) && day.entries.every(isEntry) ? day : undefined;
  } catch {
    return undefined;
  }
}

function isEntry({ id, target, most, spent, owner }: Entry): boolean {
  const isCount = (value: TurnCount | null | undefined): boolean =>
    value == null || (Number.isFinite(value.turns) && Number.isFinite(value.users));
  return typeof id === 'string' && typeof target === 'string' && isCount(most) && isCount(spent) && Boolean(owner);
}

/** Changes a day, one process at a time; what `edit` throws leaves it as it was. */
export async function changeDay<T>(path: string, what: string, edit: (day: Day) => Promise<T> | T): Promise<T> {
  try {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const lock = await claim(`${path}.lock`, { what, lengthMs: LONGEST_MS, waitMs: WAIT_MS });
    try {
      const day = await readDay(path);
      const value = await edit(day);
      await writeJson(path, day, unredacted);
      return value;
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (error instanceof HeldError) {
      const { pid, host } = error.holder;
      throw new HarnessError(
        EXIT.refused,
        `process ${pid} on ${host} holds ${path}, the record of today's spending: end it, or remove ${error.path}`,
      );
    }
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw usageError(`cannot record spending in ${path}: ${readTrouble(error)}`, { cause: error });
  }
}
