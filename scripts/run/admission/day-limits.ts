import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import { plural } from '../../foundation/text/format.ts';
import type { FullConfig } from '../config/load.ts';
import type { TurnCount } from '../plan/turn-budget.ts';
import { unknownPrice } from '../plan/turn-limits.ts';
import type { Entry } from './day-book.ts';

export type DayLimits = Pick<FullConfig, 'maxTurnsPerDay' | 'maxCostPerDay' | 'price'>;

/** What runs of a day have spent or may still spend; `null`: one of them is bounded by time only. */
export interface DaySpending {
  readonly turns: number | null;
  /** User turns at their price when they were sent; where that was not known, or in another currency, at today's. */
  readonly cost: number | null;
}

export const isLimited = ({ maxTurnsPerDay, maxCostPerDay }: DayLimits): boolean =>
  maxTurnsPerDay !== undefined || maxCostPerDay !== undefined;

/** What the entries of a target come to. */
export function spendingOf(entries: readonly Entry[], target: string, { price }: DayLimits): DaySpending {
  const counts = entries
    .filter((entry) => entry.target === target)
    .map((entry) => ({ ...entry, count: entry.spent ?? entry.most }));
  const currency = price?.currency ?? 'USD';
  const priceOf = (entry: Entry): number =>
    (entry.price?.currency === currency ? entry.price.perTurn : price?.perTurn) ?? 0;
  return {
    turns: sum(counts, ({ count }) => count?.turns),
    cost: sum(counts, ({ count, ...entry }) => (count === null ? undefined : count.users * priceOf(entry))),
  };
}

function sum<T>(list: readonly T[], value: (item: T) => number | undefined): number | null {
  return list.reduce<number | null>((total, item) => {
    const part = value(item);
    return total === null || part === undefined ? null : total + part;
  }, 0);
}

/** Room for rounding, in units of the currency: 0.1 added ten times is not 1. */
const ROUNDING = 1e-9;

/** @throws HarnessError (7) where a run could bring the day above a limit */
export function assertWithinDay(
  limits: DayLimits,
  today: DaySpending,
  most: TurnCount | undefined,
  path: string,
): void {
  const { maxTurnsPerDay, maxCostPerDay, price } = limits;
  const refuse = (flag: string, text: string): never => {
    throw new HarnessError(EXIT.refused, `${flag}: ${text} (${path}; days begin at 00:00 UTC)`);
  };
  const check = (flag: string, limit: number, spent: number | null, more: number | undefined, unit: string): void => {
    if (more === undefined) {
      refuse(flag, 'this run is limited by time only: limit its turns with --max-turns');
    } else if (spent === null) {
      refuse(flag, 'a run without a limit is in progress: wait for its end');
    } else if (spent + more > limit + ROUNDING) {
      const left = Math.max(0, limit - spent);
      const of = `${amount(spent, unit)} of ${amount(limit, unit)} are spent or reserved today`;
      refuse(flag, `${of}, and this run may need ${amount(more, unit)}: make it smaller (${amount(left, unit)} left)`);
    }
  };
  if (maxTurnsPerDay !== undefined) check('--max-turns-per-day', maxTurnsPerDay, today.turns, most?.turns, 'turns');
  if (maxCostPerDay === undefined) return;
  if (price === undefined) throw unknownPrice('--max-cost-per-day');
  const cost = most === undefined ? undefined : most.users * price.perTurn;
  check('--max-cost-per-day', maxCostPerDay, today.cost, cost, price.currency ?? 'USD');
}

function amount(value: number, unit: string): string {
  return unit === 'turns' ? plural(value, 'turn') : `${value.toFixed(2)} ${unit}`;
}
