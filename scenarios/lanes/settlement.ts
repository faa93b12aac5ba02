import type { Settled } from '../../contracts/generated/ledger.ts';
import { retryAfterMs } from '../../contracts/retry-after.ts';
import { outcomeOf } from './outcome.ts';
import { type Reply, reasonOf } from './unanswered.ts';

/**
 * How a turn came to its end, without what it was and what the answer says. Eight properties, which nearly every one has
 * no more of: k6 makes room for a ninth in twice the memory.
 */
export type Settlement = Pick<
  Settled,
  | 'settledAt'
  | 'outcome'
  | 'status'
  | 'errorCode'
  | 'durationMs'
  | 'waitingMs'
  | 'connectMs'
  | 'bytes'
  | 'error'
  | 'retryAfterMs'
>;

/** Of a reply, or of what stands for it; `bytes`: length of the answer's body. */
export function settlementOf(response: Reply<string>, bytes: number, settledAt: number): Settlement {
  const { status, error_code: errorCode, timings } = response;
  const outcome = status > 0 ? 'answered' : outcomeOf(status, errorCode, response.error);
  // k6 counts dialling and TLS as blocked, too, but for a connection that never came about.
  const connectMs = Math.max(timings.blocked, timings.connecting + timings.tls_handshaking);
  const { duration: durationMs, waiting: waitingMs } = timings;
  const settlement: Settlement = {
    settledAt,
    outcome,
    status,
    errorCode,
    durationMs,
    waitingMs,
    connectMs,
    bytes,
  };
  if (outcome !== 'answered') Object.assign(settlement, reasonOf(response));
  else if (status === 429 || status === 503) askForPause(settlement, response);
  return settlement;
}

/** How long the service asks to stay away, in ms. */
function askForPause(settlement: Settlement, { headers }: Reply<string>): void {
  const { 'Retry-After': text, Date: date } = headers;
  const askedMs = retryAfterMs(text, settlement.settledAt, date);
  if (askedMs !== undefined) settlement.retryAfterMs = askedMs;
}
