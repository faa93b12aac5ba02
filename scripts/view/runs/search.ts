import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { CONFIRMATION } from '../../capacity/confirm/confirmation-plan.ts';
import type { SavedSearch } from '../../capacity/drive.ts';
import { isBadAnswer } from '../../capacity/measure/rung-record.ts';
import { grantOf } from '../../capacity/search/search-state.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { ledgerTail } from '../../ledger/ledger-tail.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import type { Search, SearchRung } from '../answers.ts';
import { Refusal } from '../refusal.ts';
import { capacityHeadline, type EarlierCapacity } from './earlier-version.ts';
import { remembered, versionOf } from './file-version.ts';
import { folderOf, jsonIn } from './results-root.ts';
import { partState, runState } from './run-state.ts';

const MOST_RUNGS = 1_000;
type Counted = Omit<SearchRung, 'state'>;
type Known = ReturnType<typeof remembered<Counted>>;

/** Reads searches that go on again and again; of each rung only what has changed. */
export function searches(root: string): (folder: string) => Promise<Search> {
  const known = remembered<Counted>(MOST_RUNGS);
  return (folder) => searchOf(root, folder, known);
}

/** A search as far as its rungs show: each load with its misses of the SLO. */
async function searchOf(root: string, folder: string, known: Known): Promise<Search> {
  const saved = (await jsonIn(root, folder, 'search.json')) as SavedSearch | undefined;
  if (saved?.settings?.slo === undefined) throw new Refusal(404, 'This folder holds no capacity search.');
  const { slo } = saved.settings;
  const names = (await readdir(join(folder, 'rungs')).catch(() => [])).filter((name) => /^\d+$/.test(name)).sort();
  const rungs: SearchRung[] = [];
  for (const name of names) {
    const path = join(folder, 'rungs', name);
    const rung = await folderOf(root, relative(root, path).split(sep).join('/'));
    const state = await partState(rung);
    const version = `${slo.limitMs} ${await versionOf([runFolder(rung).ledger, runFolder(rung).plan])}`;
    rungs.push({ ...(await known(rung, version, () => rungOf(root, rung, Number(name), slo.limitMs))), state });
  }
  const result = (await jsonIn(root, folder, 'result.json')) as EarlierCapacity | undefined;
  return {
    slo: slo.text,
    limitMs: slo.limitMs,
    badShare: slo.badShare,
    state: await runState(folder),
    budget: grantOf(saved.settings).budget,
    spent: rungs.reduce((sum, { sent }) => sum + sent, 0),
    headline: result === undefined ? null : capacityHeadline(result),
    rungs,
    between: betweenOf(rungs, slo.badShare, result),
  };
}

/**
 * Counts a rung: user turns after its settling, by whether they met the SLO. The confirming run at the end is of whole
 * conversations, whose rate says nothing of a rate of single turns.
 */
async function rungOf(root: string, folder: string, number: number, limitMs: number): Promise<Counted> {
  const plan = ((await jsonIn(root, folder, 'run.json')) ?? {}) as Partial<Plan>;
  const closed = plan.model === 'closed';
  const level = plan.stages?.find(({ measured }) => measured);
  const late = new Map<string, number>();
  let zero = 0;
  let [turns, bad, sent] = [0, 0, 0];
  const tail = ledgerTail(runFolder(folder).ledger, (line) => {
    if (line.kind === 'lane-start') zero = line.startAt;
    if (line.kind === 'sent' && line.role === 'user') {
      sent += 1;
      if (!closed && line.intendedAt - zero < (level?.startMs ?? 0)) return;
      late.set(keyOf(line), closed ? 0 : Math.max(0, line.sentAt - line.intendedAt));
    }
    const lateMs = line.kind === 'settled' ? late.get(keyOf(line)) : undefined;
    if (line.kind !== 'settled' || lateMs === undefined) return;
    turns += 1;
    if (isBadAnswer(line, lateMs, limitMs)) bad += 1;
  });
  await tail.read();
  await tail.close();
  const arrivals = closed ? null : (level?.to ?? null);
  const isConfirmation = plan.runId?.endsWith(CONFIRMATION) ?? false;
  const unit = isConfirmation ? 'conversations/s' : 'turns/s';
  const load = closed ? `${plan.concurrency ?? '?'} in flight` : `${arrivals?.toPrecision(3) ?? '?'} ${unit}`;
  return { number, load, rate: isConfirmation ? null : arrivals, sent, turns, bad };
}

const keyOf = ({ conversation, turn }: { conversation: number; turn: number }): string => `${conversation}/${turn}`;

/** The highest rate that surely met the SLO, and the lowest that surely missed it; of a finished search, its 90 % interval. */
function betweenOf(
  rungs: readonly SearchRung[],
  badShare: number,
  result: EarlierCapacity | undefined,
): [number | null, number | null] {
  const found = result?.capacity.lambdaHatCI90;
  if (found) return [found[0], found[1]];
  const open = rungs.filter(({ rate, turns, state }) => rate !== null && turns > 0 && state === 'ended');
  const rates = (keep: (least: number, most: number) => boolean): number[] =>
    open.flatMap(({ rate, bad, turns }) => {
      const [least, most] = clopperPearson(bad, turns);
      return rate !== null && keep(least, most) ? [rate] : [];
    });
  const [met, missed] = [rates((_, most) => most < badShare), rates((least) => least > badShare)];
  return [met.length === 0 ? null : Math.max(...met), missed.length === 0 ? null : Math.min(...missed)];
}
