import crypto from 'k6/crypto';
import type { LedgerEvent, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { EventCore } from '../../contracts/response.ts';
import { retryAfterMs } from '../../contracts/retry-after.ts';
import { cut } from '../../contracts/unicode.ts';
import type { Violation } from '../../contracts/violation.ts';
import type { Judgement } from './judgement.ts';
import { outcomeOf } from './outcome.ts';
import { type Reply, reasonOf } from './unanswered.ts';

const HASH_DIGITS = 16;
/** An answer has two events, and their ids are short; of anything else the ledger keeps no more than shows it. */
const MOST_EVENTS = 20;
const LONGEST_ID = 100;

/** The ledger's line of a turn that is settled; `bytes`: length of the answer's body. */
export function settledLine(
  { conversation, turn, attempt, lane }: Sent,
  response: Reply<string>,
  bytes: number,
  settledAt: number,
  { events, violations, form }: Judgement,
): Settled {
  const { status, error_code: errorCode, timings } = response;
  const outcome = status > 0 ? 'answered' : outcomeOf(status, errorCode, response.error);
  // k6 counts dialling and TLS as blocked, too, but for a connection that never came about.
  const connectMs = Math.max(timings.blocked, timings.connecting + timings.tls_handshaking);
  // Assigned in the order of the ledger's schema. Spreading, destructuring arrays and iterating cost k6 several times as much.
  const line = {
    kind: 'settled',
    conversation,
    turn,
    attempt,
    lane,
    settledAt,
    outcome,
    status,
    errorCode,
    durationMs: timings.duration,
    waitingMs: timings.waiting,
    connectMs,
    bytes,
  } as Settled;
  if (outcome !== 'answered') Object.assign(line, reasonOf(response));
  else if (status === 429 || status === 503) askForPause(line, response);
  if (form !== undefined) line.form = form;
  line.events = ledgerEvents(events);
  line.violations = violations as Violation[];
  return line;
}

/** A reply's text is kept as a hash, so that an audit can tell whether what is stored is what was answered. */
function ledgerEvents(events: readonly EventCore[]): LedgerEvent[] {
  const kept: LedgerEvent[] = [];
  for (let index = 0; index < events.length && index < MOST_EVENTS; index++) {
    const { id, role, createdAt, message } = events[index] as EventCore;
    const event: LedgerEvent = {
      id: id.length > LONGEST_ID ? cut(id, LONGEST_ID) : id,
      role: role.length > LONGEST_ID ? cut(role, LONGEST_ID) : role,
      createdAt,
      chars: message.length,
    };
    if (index > 0) event.hash = crypto.sha256(message, 'hex').slice(0, HASH_DIGITS);
    kept[index] = event;
  }
  return kept;
}

/** How long the service asks to stay away, in ms. */
function askForPause(line: Settled, { headers }: Reply<string>): void {
  const { 'Retry-After': text, Date: date } = headers;
  const askedMs = retryAfterMs(text, line.settledAt, date);
  if (askedMs !== undefined) line.retryAfterMs = askedMs;
}
