import crypto from 'k6/crypto';
import type { CookieJar } from 'k6/http';
import http from 'k6/http';
import type { LedgerEvent, Outcome, Role, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { EventCore } from '../../contracts/response.ts';
import { retryAfterMs } from '../../contracts/retry-after.ts';
import { cut } from '../../contracts/unicode.ts';
import type { Violation } from '../../contracts/violation.ts';
import { type Judgement, judgeAnswer, judgeUnanswered } from './judgement.ts';
import { keeper, record, recordSent, recordSettled } from './ledger.ts';
import { outcomeOf } from './outcome.ts';
import { bodyOf, paramsOf, type TurnKey, type TurnRequest, URL } from './turn-request.ts';
import { type Reply, reasonOf } from './unanswered.ts';

const HASH_DIGITS = 16;
/** An answer has two events, and their ids are short; of anything else the ledger keeps no more than shows it. */
const MOST_EVENTS = 20;
const LONGEST_ID = 100;
const NOTHING: Judgement = { events: [], violations: [], isValid: false };

/** What a conversation is found by: the first event that an answer created, and the time of the latest one. */
export interface FirstEvent extends Pick<EventCore, 'id' | 'createdAt'> {
  readonly latestAt: number;
}

/** A turn and what became of it. */
export interface SettledTurn {
  readonly role: Role;
  readonly intendedAt: number;
  readonly sentAt: number;
  readonly settledAt: number;
  readonly outcome: Outcome;
  readonly status: number;
  readonly connectMs: number;
  readonly durationMs: number;
  readonly attempt: number;
  /** The customer left before an answer came. */
  readonly abandoned: boolean;
  /** How long the service asks to stay away. */
  readonly retryAfterMs: number | undefined;
  /** Length of the answer's body. */
  readonly chars: number;
  /** Undefined where the answer was no valid event array. Never the whole event: its text may be very long. */
  readonly first: FirstEvent | undefined;
  readonly violations: readonly Violation[];
}

/** A turn that was sent. Whoever awaits its reply settles it: every promise in between is time on every turn. */
export interface TurnUnderWay {
  readonly sentAt: number;
  /** Rejects where k6 has no response to give. */
  readonly reply: Promise<Reply<string>>;
  /** To be called once, with the reply or with what stands for it (`unanswered`). */
  readonly settle: (reply: Reply<string>) => SettledTurn;
}

/** Sends one turn; when it is settled, checks its answer. Writes both to the ledger; `note` hears of it first. */
export function sendTurn(
  key: TurnKey,
  request: TurnRequest,
  jar: CookieJar,
  note: (settled: SettledTurn) => void,
): TurnUnderWay {
  const { role, interactionId } = request;
  const body = bodyOf(request);
  const sentAt = Date.now();
  recordSent(sentLine(key, role, sentAt, interactionId));
  const sent = keeper === undefined ? '' : body;
  return {
    sentAt,
    reply: http.asyncRequest('POST', URL, body, paramsOf(key, jar)),
    settle: (reply) => {
      const settled = settle(key, request, reply, sentAt);
      note(settled);
      keeper?.keep(key, { request: sent, answer: reply.body }, settled.violations.length > 0);
      return settled;
    },
  };
}

function sentLine(key: TurnKey, role: Role, sentAt: number, interactionId: string | undefined): Sent {
  const { conversation, turn, attempt, lane, intendedAt, patienceMs } = key;
  const line: Sent = { kind: 'sent', conversation, turn, attempt, lane, intendedAt, role, sentAt };
  if (patienceMs !== undefined) line.patienceMs = patienceMs;
  if (interactionId !== undefined) line.interactionId = interactionId;
  return line;
}

function settle(key: TurnKey, said: TurnRequest, response: Reply<string>, sentAt: number): SettledTurn {
  const settledAt = Date.now();
  const { conversation, turn, attempt, lane, intendedAt } = key;
  const { status, error_code: errorCode, timings } = response;
  const outcome = outcomeOf(status, errorCode, response.error);
  const isAnswered = outcome === 'answered';
  const { body } = response; // Read once: k6 makes a new string of it each time.
  const { events, violations, form, isValid } = judge(key, said, response, body ?? '', sentAt, settledAt);
  // k6 counts dialling and TLS as blocked, too, but for a connection that never came about.
  const connectMs = Math.max(timings.blocked, timings.connecting + timings.tls_handshaking);
  const durationMs = timings.duration;
  const askedMs = retryAfter(response, settledAt);
  const chars = body?.length ?? 0;
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
    durationMs,
    waitingMs: timings.waiting,
    connectMs,
    bytes: chars,
  } as Settled;
  if (!isAnswered) Object.assign(line, reasonOf(response));
  else if (askedMs !== undefined) line.retryAfterMs = askedMs;
  if (form !== undefined) line.form = form;
  line.events = ledgerEvents(events);
  line.violations = violations as Violation[];
  recordSettled(line, isValid);
  return {
    retryAfterMs: askedMs,
    attempt,
    abandoned: outcome === 'timed-out' && key.patienceMs !== undefined,
    role: said.role,
    intendedAt,
    sentAt,
    settledAt,
    outcome,
    status,
    connectMs,
    durationMs,
    chars,
    first: firstOf(events),
    violations,
  };
}

function firstOf(events: readonly EventCore[]): FirstEvent | undefined {
  const first = events[0];
  if (first === undefined) return undefined;
  const { id, createdAt } = first;
  let latestAt = createdAt;
  for (let index = 1; index < events.length; index++) {
    const { createdAt: at } = events[index] as EventCore;
    if (at > latestAt) latestAt = at;
  }
  return { id, createdAt, latestAt };
}

/** A defect of the checks must not keep a turn from settling: the ledger tells of both. */
function judge(
  { lane, conversation }: TurnKey,
  { role, content, contentJson, interactionId, reference, metadata }: TurnRequest,
  response: Reply<string>,
  body: string,
  sentAt: number,
  settledAt: number,
): Judgement {
  try {
    const continued = interactionId !== undefined;
    const turn = { role, content, contentJson, sentAt, settledAt, continued, reference, metadata };
    if (response.status === 0) return judgeUnanswered(turn, response.error, body);
    return judgeAnswer(lane, turn, response, body);
  } catch (error) {
    record({
      kind: 'fault',
      lane,
      at: settledAt,
      conversation,
      message: cut(`an answer was not checked: ${error}`, 300),
    });
    return NOTHING;
  }
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
function retryAfter({ status, headers }: Reply<string>, now: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const { 'Retry-After': text, Date: date } = headers;
  return retryAfterMs(text, now, date);
}
