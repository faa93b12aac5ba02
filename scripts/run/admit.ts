import type { Plan } from '../../contracts/generated/plan.ts';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Io } from '../foundation/io.ts';
import { count, plural } from '../foundation/text/format.ts';
import type { DayLimits } from './admission/day-limits.ts';
import { type Reservation, reserve } from './admission/reservation.ts';
import { lockTarget } from './admission/target-lock.ts';
import { hostOf, isLoopback } from './config/base-url.ts';
import type { FullConfig } from './config/load.ts';
import { countTurns, type TurnCount } from './plan/turn-budget.ts';
import { unknownPrice } from './plan/turn-limits.ts';
import type { Service } from './service.ts';

/** What is about to be sent. */
export interface Intent {
  /** For people: the command. */
  readonly what: string;
  /** The most that it can send; undefined where only time bounds it. */
  readonly most: TurnCount | undefined;
  readonly limits: DayLimits & RunLimits;
  /** The longest that it can take. */
  readonly lengthMs: number;
}

/** Leave to send: the target is locked, and what it may cost is reserved. */
export interface Admission extends Reservation {
  /** Settles what has not been settled, and frees the target. */
  readonly close: () => Promise<void>;
}

type RunLimits = Pick<FullConfig, 'maxTurns' | 'maxCost'>;

/** 0.1 added ten times is not 1. */
const ROUNDING = 1e-9;

/** For the lock of a process that nobody can look at: k6 takes time to start and to end. */
const SLACK_MS = 5 * 60_000;

/** What a plan is about to send. */
export function intentOf(plan: Plan, limits: FullConfig): Intent {
  const { leadMs, windowMs, drainMs, timeoutMs } = plan;
  const lengthMs = leadMs + windowMs + drainMs + timeoutMs + SLACK_MS;
  return { what: `fini-harness run ${plan.scenario}`, most: countTurns(plan), limits, lengthMs };
}

/**
 * Asks for leave to send, right before it begins: one run a target and key at a time, within the limits of the day. A
 * reference server that the harness has started belongs to its run alone and costs nothing.
 * @throws HarnessError (7) that says what is in the way
 */
export async function admit(intent: Intent, { target, apiKey }: Service, io: Io): Promise<Admission> {
  assertWithinRun(intent);
  if (target.embedded) return FREE;
  const { baseUrl } = target;
  const lock = await lockTarget({ ...intent, baseUrl, apiKey }, io);
  try {
    const reservation = await reserve({ ...intent, baseUrl }, io);
    if (!isLoopback(baseUrl)) io.err(`${announcement(intent, hostOf(baseUrl))}\n`);
    let settled = false;
    const settle: Admission['settle'] = async (spent) => {
      if (settled) return;
      settled = true;
      await reservation.settle(spent);
    };
    return { begin: reservation.begin, settle, close: () => settle().finally(lock.release) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A plan of a run keeps them by itself; what has a budget of its own must fit them. */
export function assertWithinRun({ what, most, limits }: Intent): void {
  const { maxTurns, maxCost, price } = limits;
  const refuse = (limit: string, needs: string): never => {
    throw new HarnessError(
      EXIT.refused,
      `${what} may need ${needs}, more than ${limit} allows: give it a smaller --budget, or raise the limit`,
    );
  };
  if (maxCost !== undefined && price === undefined) throw unknownPrice('maxCost');
  if (most === undefined) return;
  if (maxTurns !== undefined && most.turns > maxTurns) refuse(`maxTurns ${maxTurns}`, plural(most.turns, 'turn'));
  const cost = most.users * (price?.perTurn ?? 0);
  if (maxCost !== undefined && cost > maxCost + ROUNDING) refuse(`maxCost ${maxCost}`, cost.toFixed(2));
}

const nothing = (): Promise<void> => Promise.resolve();
/** For what costs nothing. */
const FREE: Admission = { begin: nothing, settle: nothing, close: nothing };

function announcement({ most, limits: { price } }: Intent, host: string): string {
  if (most === undefined) return `Sending to ${host}; limited by time only.`;
  const cost =
    price === undefined
      ? 'at a price that is not known'
      : `for at most ${(most.users * price.perTurn).toFixed(2)} ${price.currency ?? 'USD'}`;
  return `Sending at most ${plural(most.turns, 'turn')} to ${host}, ${count(most.users)} by users, ${cost}.`;
}
