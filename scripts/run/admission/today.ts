import { HarnessError } from '../../foundation/errors.ts';
import type { TurnCount } from '../plan/turn-budget.ts';
import { dayPath, readDay } from './day-book.ts';
import { assertWithinDay, type DayLimits, type DaySpending, isLimited, spendingOf } from './day-limits.ts';

/** How a plan stands to the limits of its day. */
export interface Today extends DaySpending {
  readonly maxTurns: number | null;
  readonly maxCost: number | null;
  /** Why the plan would be refused now. */
  readonly refusal: string | null;
}

/** What the working folder has spent on a target today, changing nothing; undefined where no limit a day is set. */
export async function readToday(
  limits: DayLimits,
  { baseUrl, most, cwd }: { baseUrl: string; most: TurnCount | undefined; cwd: string },
): Promise<Today | undefined> {
  if (!isLimited(limits)) return undefined;
  const path = dayPath(cwd, Date.now());
  const { entries } = await readDay(path);
  const spending = spendingOf(entries, new URL(baseUrl).origin, limits);
  const { maxTurnsPerDay, maxCostPerDay } = limits;
  const refusal = refusalOf(() => assertWithinDay(limits, spending, most, path));
  return { ...spending, maxTurns: maxTurnsPerDay ?? null, maxCost: maxCostPerDay ?? null, refusal };
}

function refusalOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof HarnessError) return error.message;
    throw error;
  }
}
