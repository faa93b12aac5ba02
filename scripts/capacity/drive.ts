import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { readPlan, runFolder } from '../ledger/run-folder.ts';
import { type Confirmed, confirm } from './confirm/confirm.ts';
import { type Runner, readRung, runRung } from './measure/run-rung.ts';
import { type Rung, type RungRecord, rungTurns, type Stop } from './measure/rung.ts';
import { rungPlan } from './measure/rung-plan.ts';
import { recordOf } from './measure/rung-record.ts';
import { capacitySearch } from './search/capacity-search.ts';
import type { Findings } from './search/findings.ts';
import type { SearchSettings } from './search/search-state.ts';

/** search.json: what decides a search, so that another process can go on with it. */
export interface SavedSearch {
  readonly version: 1;
  readonly settings: SearchSettings;
  /** Where and what is sent; each rung lays its own times over it. */
  readonly plan: Plan;
}

/** What driving a search came to. */
export interface Driven {
  readonly findings: Findings;
  /** Answers that break the contract. */
  readonly violations: number;
  /** What ended the search from outside. */
  readonly stop: Stop | undefined;
  readonly confirmed: Confirmed;
}

type Seen = RungRecord & { readonly violations: number };

/** Drives a search through k6: rungs that its folder already holds are replayed from their ledgers, the others are run. */
export async function drive(folder: string, saved: SavedSearch, runner: Runner | undefined, io: Io): Promise<Driven> {
  const search = capacitySearch(saved.settings);
  let violations = 0;
  let stop: Stop | undefined;
  let step = search.next();
  const pathOf = (number: number): string => join(folder, 'rungs', String(number).padStart(3, '0'));
  let number = 1;
  for (; !step.done; number++) {
    const rung = step.value;
    const path = pathOf(number);
    const record = existsSync(path)
      ? await replay(path, rung, saved.settings.slo.limitMs)
      : await run(path, rung, number, { saved, runner }, io);
    violations += record.violations;
    stop = record.stop;
    io.err(`${lineOf(number, rung, record, saved.settings.slo.limitMs)}\n`);
    step = search.next(record);
  }
  const confirmed = await confirm(saved, step.value, (attempt) => pathOf(number + attempt), runner, io);
  return {
    findings: step.value,
    violations: violations + confirmed.violations,
    stop: stop ?? confirmed.stop,
    confirmed,
  };
}

/** A rung that is there already; one that was not finished, or ended the search, costs its turns and is run again. */
async function replay(path: string, rung: Rung, limitMs: number): Promise<Seen> {
  const folder = runFolder(path);
  if (!existsSync(folder.plan)) return { turns: [], lateShare: 0, void: 'interrupted', aborted: false, violations: 0 };
  const plan = await readPlan(folder);
  if (plan.conversations !== rungTurns(rung) || (plan.model === 'closed') !== (rung.kind === 'closed')) {
    throw usageError(`${path} is not the rung that this search would run: it was made by another version`);
  }
  const { stop, ...record } = recordOf(rung, await readRung(folder), limitMs);
  return stop === undefined ? record : { ...record, void: 'interrupted' };
}

async function run(
  path: string,
  rung: Rung,
  number: number,
  { saved, runner }: { saved: SavedSearch; runner: Runner | undefined },
  io: Io,
): Promise<Seen> {
  const nothing = { turns: [], lateShare: 0, void: 'interrupted', aborted: false, violations: 0 } as const;
  const interrupted = { code: 'interrupted', reason: 'it was interrupted' } as const;
  if (io.signal.aborted || runner === undefined) return { ...nothing, stop: interrupted };
  const record = await runRung(path, rungPlan(saved.plan, rung, saved.settings.slo, number), rung, runner, io);
  if (record.stop !== undefined || record.void !== 'interrupted') return record;
  if (io.signal.aborted) return { ...record, stop: interrupted };
  throw new HarnessError(EXIT.harnessFault, `k6 did not finish the rung in ${path}: its k6.json says why`);
}

function lineOf(number: number, rung: Rung, { turns, void: isVoid, aborted }: Seen, limitMs: number): string {
  const load = rung.kind === 'open' ? `${rung.rate.toPrecision(3)} turns/s` : `${rung.concurrency} in flight`;
  const counting = turns.slice(rung.kind === 'open' ? rung.skip : 0).filter(({ outcome }) => outcome !== 'unknown');
  const bad = counting.filter(({ outcome, latencyMs }) => outcome === 'failed' || latencyMs > limitMs).length;
  const notes = [...(aborted ? ['ended early'] : []), ...(isVoid === null ? [] : [`void: ${isVoid}`])].join(', ');
  return `rung ${number}: ${load}, ${turns.length} turns, ${bad} of ${counting.length} bad${notes && ` (${notes})`}`;
}
