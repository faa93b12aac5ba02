import type { Confirmation, ConfirmationWarning } from '../../../contracts/generated/capacity.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Io } from '../../foundation/io.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { turnsPerLevel } from '../measure/level.ts';
import { type Runner, runOrReplay } from '../measure/run-or-replay.ts';
import { INTERRUPTED, type Stop } from '../measure/rung.ts';
import { isLate, isViolated, stopOf } from '../measure/rung-record.ts';
import type { Findings } from '../search/findings.ts';
import { grantOf, type SearchSettings } from '../search/search-state.ts';
import type { Slo } from '../slo.ts';
import { confirmationOf } from './confirmation.ts';
import { confirmationPlan } from './confirmation-plan.ts';

/** What became of the confirming run. */
export interface Confirmed {
  readonly confirmation: Confirmation | null;
  /** Why there is none, though a rate was certified. */
  readonly why?: ConfirmationWarning['why'];
  /** With `small-budget`: the budget that confirms it. */
  readonly budget?: number;
  readonly spent: number;
  readonly violations: number;
  readonly stop?: Stop;
}

/** A smaller budget is better spent on the search alone. */
const LEAST_BUDGET = 2_000;
/** Turns of the confirming run before it counts, and those that the bound on its number is too high by. */
const BESIDES = 4 / 3;

const turnsKept = ({ badShare }: Slo): number => Math.ceil(BESIDES * turnsPerLevel(badShare));

/** The smallest budget of which turns are kept for the confirming run. */
export const leastConfirmed = (slo: Slo): number => Math.max(LEAST_BUDGET, 5 * turnsKept(slo));

/** Turns of a budget that are kept for the confirming run. */
export const reserveOf = (budget: number, slo: Slo): number | undefined =>
  budget >= leastConfirmed(slo) ? turnsKept(slo) : undefined;

/** The budget of which so many turns are for the search. */
export const budgetWith = (turns: number, { slo, ...settings }: SearchSettings): number =>
  grantOf({ slo, ...settings }).unconfirmed === true || turns + turnsKept(slo) < leastConfirmed(slo)
    ? turns
    : turns + turnsKept(slo);

const MOST_TRIES = 3;
const NOTHING = { confirmation: null, spent: 0, violations: 0 };

/** Holds whole conversations at the certified rate with what the search left of the budget; `pathOf` numbers the folders of its tries. */
export async function confirm(
  { settings, plan: base }: { settings: SearchSettings; plan: Plan },
  findings: Findings,
  pathOf: (attempt: number) => string,
  runner: Runner | undefined,
  io: Io,
): Promise<Confirmed> {
  const { budget, reserve, unconfirmed } = grantOf(settings);
  if (findings.certified === null || unconfirmed) return NOTHING;
  if (base.continuation.strategy === 'single') {
    return { ...NOTHING, why: 'no-conversations' };
  }
  if (reserve === undefined) {
    const enough = leastConfirmed(settings.slo);
    return budget < enough ? { ...NOTHING, why: 'small-budget', budget: enough } : NOTHING;
  }
  const wanted = {
    rate: findings.certified,
    turns: turnsPerLevel(settings.slo.badShare),
    answerMs: answerMs(findings),
  };
  let [spent, violations] = [0, 0];
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const plan = confirmationPlan(base, settings.slo, { ...wanted, budget: budget - findings.spent - spent });
    if (plan === undefined) return { ...NOTHING, spent, violations, why: 'budget-spent' };
    const end = await runOrReplay(pathOf(attempt), plan, runner, io);
    spent += end.lines.filter((line) => line.kind === 'sent' && line.role === 'user').length;
    violations += end.lines.filter((line) => line.kind === 'settled' && isViolated(line)).length;
    if (end.isInterrupted) return { ...NOTHING, spent, violations, stop: INTERRUPTED };
    const stop = stopOf(end.lines);
    if (stop !== undefined && end.isNew) return { ...NOTHING, spent, violations, stop };
    const isSound = end.ended && stop === undefined && !isLate(end.lines);
    if (isSound) return { confirmation: confirmationOf(plan, end.lines, settings.slo), spent, violations };
  }
  return { ...NOTHING, spent, violations, why: 'generator-late' };
}

/** Mean answer time of the levels near the certified rate, or without levels of the last steps. */
function answerMs({ levels, closed, certified }: Findings): number {
  if (levels.length === 0) return mean(closed.at(-1)?.latenciesMs ?? []);
  const near = levels.filter(({ rate, aborted }) => !aborted && rate <= 1.1 * (certified ?? 0));
  const means = (near.length > 0 ? near : levels).map(({ meanMs }) => meanMs);
  return mean(means);
}
