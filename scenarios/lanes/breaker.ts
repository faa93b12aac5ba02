import type { BreakerOpen, Outcome } from '../../contracts/generated/ledger.ts';
import { record } from './ledger.ts';
import { settings } from './plan.ts';

export interface Breaker {
  /** Once open, this lane sends no more turns. */
  readonly isOpen: () => boolean;
  /** Tells it of a settled turn. */
  readonly note: (outcome: Outcome, status: number) => void;
}

/**
 * A lane's circuit breaker: a refused key, or too many failures in a row, end the sending.
 * It stands in for k6's `test.abort()`, which throws away the answers that are still on their way.
 */
export function circuitBreaker(lane: number): Breaker {
  const limits = settings.breaker;
  const streaks = { rateLimited: 0, failing: 0, unreachable: 0 };
  let open = false;

  const trip = (reason: BreakerOpen['reason'], status: number): void => {
    if (open) return;
    open = true;
    record({ kind: 'breaker', lane, at: Date.now(), reason, status });
  };
  const count = (streak: keyof typeof streaks, reason: BreakerOpen['reason'], status: number): void => {
    streaks[streak] += 1;
    if (streaks[streak] >= limits[streak]) trip(reason, status);
  };

  return {
    isOpen: () => open,
    note: (outcome, status) => {
      if (outcome === 'cut') return;
      if (status === 401) trip('unauthorised', status);
      else if (status === 403) trip('forbidden', status);
      else if (status === 429) count('rateLimited', 'rate-limited', status);
      else if (outcome === 'unsent') count('unreachable', 'unreachable', status);
      else if (outcome !== 'answered' || status >= 500) count('failing', 'failing', status);
      else streaks.rateLimited = streaks.failing = streaks.unreachable = 0;
    },
  };
}
