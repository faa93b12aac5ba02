import { count, duration, plural } from '../../foundation/text/format.ts';
import { type PlanRow, plannedBot, planRows, priceText, turnsText } from '../../run/plan/plan-text.ts';
import { plannedSample } from '../../run/plan/planned-sample.ts';
import { countTurns } from '../../run/plan/turn-budget.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from './chosen.ts';
import { isSameTwice, type PlannedPairs, type PlannedRun } from './plan-pairs.ts';
import { ARMS, type Arm } from './slots.ts';

/** What an interleaved comparison is about to send: to whom, how much, how long and at what price. */
export function renderPairs(planned: PlannedPairs): string {
  const { pairs, runs, stages } = planned;
  const looks = stages === undefined ? '' : `, at most: compared after each pair, until decided`;
  const rows: readonly PlanRow[] = [
    ...ARMS.map((arm) => [arm, targetOf(arm, runs)] as const),
    [
      'runs',
      `${count(runs.length)} of ${runs[0]?.plan.scenario}, ${plural(pairs, 'pair')} in the order ${orderOf(runs)}${looks}`,
    ],
    ['turns', turnsText(totalTurns(runs), userTurns(runs))],
    ['price', priceText(runs.find(({ plan }) => plan.price !== undefined)?.plan.price, userTurns(runs))],
    ['takes', lengthOf(runs)],
  ];
  return `Interleaved comparison\n${planRows(rows)}${adviceOf(planned)}`;
}

/** More than so many blocks of four only repeat themselves. */
const MOST_BLOCKS = 6;

/** A for the baseline, B for the candidate: `ABBA BAAB AB`. */
function orderOf(runs: readonly PlannedRun[]): string {
  const letters = runs.map(({ arm }) => (arm === 'baseline' ? 'A' : 'B')).join('');
  const blocks = letters.match(/.{1,4}/g) ?? [];
  return blocks.length > MOST_BLOCKS ? `${blocks.slice(0, MOST_BLOCKS).join(' ')} ...` : blocks.join(' ');
}

function targetOf(arm: Arm, runs: readonly PlannedRun[]): string {
  const target = runs.find((run) => run.arm === arm)?.plan.target;
  if (target === undefined || target.embedded) return 'the reference server, started for the run';
  return plannedBot(target);
}

/** `null`: bounded by time only. */
function total(runs: readonly PlannedRun[], of: (run: PlannedRun) => number | undefined): number | null {
  const parts = runs.map(of);
  return parts.every((part) => part !== undefined) ? parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) : null;
}

export const totalTurns = (runs: readonly PlannedRun[]): number | null =>
  total(runs, ({ plan }) => plan.turns ?? undefined);

const userTurns = (runs: readonly PlannedRun[]): number | null => total(runs, ({ plan }) => countTurns(plan)?.users);

function lengthOf(runs: readonly PlannedRun[]): string {
  const sum = (of: (run: PlannedRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const window = sum(({ plan }) => plan.windowMs);
  const most = sum(({ plan }) => plan.windowMs + plan.drainMs + plan.timeoutMs);
  return `${duration(window)}, at most ${duration(most)} if answers are slow`;
}

function adviceOf(planned: PlannedPairs): string {
  const { pairs, runs, stages } = planned;
  const sample = Math.min(...runs.map(({ plan }) => plannedSample(plan) ?? Number.POSITIVE_INFINITY));
  const small = stages === undefined && (pairs < CHOSEN_PAIRS || sample < CHOSEN_TURNS);
  return [
    isSameTwice(planned)
      ? 'Both sides are the same: this measures the false-alarm rate of the comparison, not a change.\n'
      : '',
    small
      ? `A p95 that is 10% higher is detected in nine of ten comparisons with ${CHOSEN_PAIRS} pairs of ${CHOSEN_TURNS} measured user turns; this is ${pairs}${Number.isFinite(sample) ? ` of about ${count(sample)}` : ''}.\n`
      : '',
  ].join('');
}
