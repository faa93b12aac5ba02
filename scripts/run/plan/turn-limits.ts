import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { HarnessError, usageError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { FullConfig } from '../config/load.ts';
import { type TurnLimits, triesOf } from './turn-budget.ts';

type Limits = Pick<FullConfig, 'maxTurns' | 'maxCost' | 'price' | 'retryOnce'>;

/** A quotient such as 0.3 / 0.1 must not lose a turn to rounding. */
const ROUNDING = 1e-9;

/**
 * Turns that a plan may hold under the limits of one run: where each may be sent twice, half of those that may be sent.
 * @throws HarnessError (7) for a limit on money where no price is known, (2) for limits too small to send anything
 */
export function turnLimitsOf(config: Limits, scripts: readonly ConversationScript[]): TurnLimits {
  const tries = triesOf(config);
  const { maxTurns } = config;
  const turns = maxTurns === undefined ? undefined : Math.floor(maxTurns / tries);
  if (turns === 0)
    throw usageError('--max-turns 1 does not allow the retry of --retry-once: raise it, or omit one of them');
  // A workload that costs nothing has no limit by cost; counting up to one would never end.
  const costs = scripts.some((script) => script.turns.some(({ role = 'user' }) => role === 'user'));
  return { turns, users: costs ? usersOf(config, tries) : undefined };
}

function usersOf({ maxCost, price }: Limits, tries: number): number | undefined {
  if (maxCost === undefined) return undefined;
  if (price === undefined) throw unknownPrice('--max-cost');
  return price.perTurn === 0 ? undefined : Math.floor(maxCost / price.perTurn / tries + ROUNDING);
}

/** Money cannot be held back where nobody knows what a turn costs. */
export function unknownPrice(limit: string): HarnessError {
  return new HarnessError(
    EXIT.refused,
    `${limit} cannot be applied without a price: set price.perTurn in the configuration`,
  );
}

export function nothingFits({ maxCost, price }: Limits): HarnessError {
  return usageError(`--max-cost ${maxCost} is less than the price of one user turn (${price?.perTurn}): raise it`);
}
