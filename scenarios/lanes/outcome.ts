import type { Outcome } from '../../contracts/generated/ledger.ts';

const TIMEOUT = 1050;
const GENERIC = 1000;
const UNDECODABLE_BODY = 1701;

/** Whether a k6 error code says that no connection was made, so that the turn was certainly not executed. */
function neverConnected(code: number): boolean {
  const dns = code >= 1100 && code < 1200;
  const dial = code >= 1210 && code <= 1213;
  const tls = code >= 1300 && code < 1400;
  return code === 1010 || code === 1020 || dns || dial || tls;
}

/** What became of a request, from k6's response: https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
export function outcomeOf(status: number, errorCode: number, error: string): Outcome {
  if (status > 0) return 'answered';
  if (errorCode === TIMEOUT) return 'timed-out';
  if (neverConnected(errorCode)) return 'unsent';
  // k6 ends requests in flight when it stops itself; any other generic error is a connection that broke.
  if (errorCode === GENERIC && error.includes('context canceled')) return 'cut';
  return 'lost';
}

/** k6 gives no status for an answer whose content-encoding it cannot undo. */
export const isUndecodable = (errorCode: number): boolean => errorCode === UNDECODABLE_BODY;
