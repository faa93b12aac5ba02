import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../contracts/generated/plan.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { duration, plural } from '../foundation/text/format.ts';
import { readPlan, runFolder } from '../ledger/run-folder.ts';
import { type Confirmed, confirm } from './confirm/confirm.ts';
import { type Runner, runOrReplay } from './measure/run-or-replay.ts';
import { INTERRUPTED, type Rung, type RungRecord, rungTurns, type Stop } from './measure/rung.ts';
import { rungPlan } from './measure/rung-plan.ts';
import { endWatch, recordOf } from './measure/rung-record.ts';
import { capacitySearch } from './search/capacity-search.ts';
import type { Findings } from './search/findings.ts';
import { grantOf, type SearchSettings } from './search/search-state.ts';

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
  let left = grantOf(saved.settings).budget;
  for (; !step.done; number++) {
    const rung = step.value;
    const record = await recordAt(pathOf(number), rung, number, { saved, runner }, io);
    violations += record.violations;
    stop = record.stop;
    left -= record.turns.length;
    io.err(`${lineOf(number, rung, record, saved.settings.slo.limitMs)}; ${leftOf(rung, Math.max(0, left))}\n`);
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

/** A rung that is there already, or a new run of it. One that was not finished, or ended the search, costs its turns and is run again. */
async function recordAt(
  path: string,
  rung: Rung,
  number: number,
  { saved, runner }: { saved: SavedSearch; runner: Runner | undefined },
  io: Io,
): Promise<Seen> {
  const { slo } = saved.settings;
  await assertSameRung(path, rung);
  const attempt = await runOrReplay(path, rungPlan(saved.plan, rung, slo, number), runner, io, {
    isEnough: endWatch(rung, slo.limitMs),
    isWhole: (end) => {
      const { stop, void: isVoid } = recordOf(rung, end, slo.limitMs);
      return stop !== undefined || isVoid !== 'interrupted';
    },
  });
  const { stop, ...record } = recordOf(rung, attempt, slo.limitMs);
  if (attempt.isInterrupted) return { ...record, stop: INTERRUPTED };
  if (stop === undefined) return record;
  return attempt.isNew ? { ...record, stop } : { ...record, void: 'interrupted' };
}

/** @throws HarnessError (2) where the folder holds another rung than the search asks for */
async function assertSameRung(path: string, rung: Rung): Promise<void> {
  const folder = runFolder(path);
  if (!existsSync(folder.plan)) return;
  const plan = await readPlan(folder);
  if (plan.conversations === rungTurns(rung) && (plan.model === 'closed') === (rung.kind === 'closed')) return;
  throw usageError(`${path} is not the rung that this search would run: it was made by another version`);
}

/** What the search may still send, and how long that takes at the rate of its latest rung: it mostly ends sooner. */
function leftOf(rung: Rung, turns: number): string {
  const time = rung.kind === 'open' && turns > 0 ? `, ${duration((turns / rung.rate) * 1000)} at this rate` : '';
  return `at most ${plural(turns, 'turn')} left${time}`;
}

function lineOf(number: number, rung: Rung, { turns, void: isVoid, aborted }: Seen, limitMs: number): string {
  const load = rung.kind === 'open' ? `${rung.rate.toPrecision(3)} turns/s` : `${rung.concurrency} in flight`;
  const counting = turns.slice(rung.kind === 'open' ? rung.skip : 0).filter(({ outcome }) => outcome !== 'unknown');
  const bad = counting.filter(({ outcome, latencyMs }) => outcome === 'failed' || latencyMs > limitMs).length;
  const notes = [...(aborted ? ['ended early'] : []), ...(isVoid === null ? [] : [`void: ${isVoid}`])].join(', ');
  return `rung ${number}: ${load}, ${plural(turns.length, 'turn')}, ${bad} of ${counting.length} bad${notes && ` (${notes})`}`;
}
