import type { Outcome } from '../../contracts/generated/ledger.ts';

/** After so many requests in a row without an answer the service is gone: each one more would only take its time. */
const GONE = 24;
/** An operation that was not answered in time so often in a row is not waited for as long again. */
const SLOW = 3;
const SHORT_MS = 5_000;
/** And so often, more than are under way at once, it is not asked again: each body that never ends fills memory, too. */
const GIVEN_UP = 16;

/** How long a check waits for a service, and when it no longer does. */
export interface Patience {
  /** How long to wait for the next answer of an operation, in ms. */
  readonly timeoutMs: (operation: string) => number;
  /** Whether it makes no sense to ask for an operation any more. A service that is gone is gone for the whole check. */
  readonly isGone: (operation: string) => boolean;
  /** Hears of each request: whether an answer came, be it one that cannot be read. */
  readonly note: (operation: string, outcome: Outcome, isAnswered: boolean) => void;
}

export function patienceOf(timeoutMs: number): Patience {
  const timeOuts = new Map<string, number>();
  const inRow = (operation: string): number => timeOuts.get(operation) ?? 0;
  let inVain = 0;
  return {
    timeoutMs: (operation) => (inRow(operation) >= SLOW ? Math.min(SHORT_MS, timeoutMs) : timeoutMs),
    isGone: (operation) => inVain >= GONE || inRow(operation) >= GIVEN_UP,
    note: (operation, outcome, isAnswered) => {
      if (inRow(operation) < GIVEN_UP) timeOuts.set(operation, outcome === 'timed-out' ? inRow(operation) + 1 : 0);
      if (inVain < GONE) inVain = isAnswered ? 0 : inVain + 1;
    },
  };
}
