import { NEWLINE } from '../../foundation/newline.ts';
import { type ByteCursor, type Literal, literal, QUOTE, quoted } from './byte-cursor.ts';
import { type Key, OUTCOMES, ROLES, type SentValues, type SettledValues } from './turn-values.ts';

export const SENT = literal('{"kind":"sent",');
export const SETTLED = literal('{"kind":"settled",');
export const CONVERSATION = literal('"conversation":');
const TURN = literal(',"turn":');
const ATTEMPT = literal(',"attempt":');
export const LANE = literal(',"lane":');
const INTENDED_AT = literal(',"intendedAt":');
const ROLE = literal(',"role":"');
const SENT_AT = literal(',"sentAt":');
const PATIENCE = literal(',"patienceMs":');
export const INTERACTION_ID = literal(',"interactionId":"');
const SETTLED_AT = literal(',"settledAt":');
const OUTCOME = literal(',"outcome":"');
const STATUS = literal(',"status":');
const ERROR_CODE = literal(',"errorCode":');
const DURATION = literal(',"durationMs":');
const WAITING = literal(',"waitingMs":');
const CONNECT = literal(',"connectMs":');
const BYTES = literal(',"bytes":');
const FORM = literal(',"form":"');
const EVENTS = literal(',"events":[');
const EVENT_ID = literal('{"id":"');
const EVENT_ROLE = literal('","role":"');
const CREATED_AT = literal(',"createdAt":');
const CHARS = literal(',"chars":');
const HASH = literal(',"hash":"');
const LAST = literal('],"violations":[]}');

const ROLE_WORDS = quoted(ROLES);
const OUTCOME_WORDS = quoted(OUTCOMES);

const COMMA = 0x2c;
export const CLOSED = 0x7d;
const OPEN = 0x7b;
const HASH_DIGITS = 16;

function readKey(cursor: ByteCursor, into: Key): void {
  cursor.literal(CONVERSATION);
  into.conversation = cursor.integer();
  cursor.literal(TURN);
  into.turn = cursor.integer();
  cursor.literal(ATTEMPT);
  into.attempt = cursor.integer();
  cursor.literal(LANE);
  into.lane = cursor.integer();
}

/** Reads a sent line behind its kind, as `scenarios/lanes/turn-lines.ts` writes it. @returns whether it is one */
export function readSent(cursor: ByteCursor, into: SentValues): boolean {
  cursor.failed = false;
  readKey(cursor, into);
  cursor.literal(INTENDED_AT);
  into.intendedAt = cursor.number();
  cursor.literal(ROLE);
  into.role = cursor.code(ROLE_WORDS);
  cursor.literal(SENT_AT);
  into.sentAt = cursor.number();
  if (cursor.failed) return false;
  if (cursor.skip(PATIENCE)) cursor.number();
  into.hasId = cursor.skip(INTERACTION_ID);
  into.idText = undefined;
  if (into.hasId) {
    cursor.uuid(into.id, 0);
    cursor.byte(QUOTE);
  }
  cursor.byte(CLOSED);
  return !cursor.failed && cursor.isAt(NEWLINE);
}

/** Reads a settled line behind its kind, where it has no error, no pause that the service asks for and no violation. */
export function readSettled(cursor: ByteCursor, into: SettledValues): boolean {
  cursor.failed = false;
  readKey(cursor, into);
  cursor.literal(SETTLED_AT);
  into.settledAt = cursor.number();
  cursor.literal(OUTCOME);
  into.outcome = cursor.code(OUTCOME_WORDS);
  cursor.literal(STATUS);
  into.status = cursor.integer();
  cursor.literal(ERROR_CODE);
  into.errorCode = cursor.integer();
  cursor.literal(DURATION);
  into.durationMs = cursor.number();
  cursor.literal(WAITING);
  into.waitingMs = cursor.number();
  cursor.literal(CONNECT);
  into.connectMs = cursor.number();
  cursor.literal(BYTES);
  into.bytes = cursor.integer();
  if (cursor.failed) return false;
  into.form = cursor.skip(FORM) ? readForm(cursor) : undefined;
  cursor.literal(EVENTS);
  readEvents(cursor, into);
  cursor.literal(LAST);
  into.text = undefined;
  return !cursor.failed && cursor.isAt(NEWLINE);
}

/** Nearly all answers have the form of the one before. */
let lastForm = '';
let lastFormBytes: Literal | undefined;

function readForm(cursor: ByteCursor): string {
  if (lastFormBytes !== undefined && cursor.skip(lastFormBytes)) return lastForm;
  const { at } = cursor;
  cursor.text();
  lastForm = cursor.bytes.toString('latin1', at, cursor.at);
  cursor.byte(QUOTE);
  lastFormBytes = lastForm.length > 2 ? literal(`${lastForm}"`) : undefined;
  return lastForm;
}

function readEvents(cursor: ByteCursor, into: SettledValues): void {
  into.events = 0;
  into.hasHash = false;
  if (!cursor.isAt(OPEN)) return;
  readEvent(cursor, into, 0);
  cursor.byte(CLOSED);
  into.events = 1;
  if (!cursor.isAt(COMMA)) return;
  cursor.byte(COMMA);
  readEvent(cursor, into, 1);
  if (cursor.skip(HASH)) {
    into.hash[1] = cursor.hex(cursor.at, HASH_DIGITS / 2);
    into.hash[0] = cursor.hex(cursor.at + HASH_DIGITS / 2, HASH_DIGITS / 2);
    into.hasHash = true;
    cursor.at += HASH_DIGITS;
    cursor.byte(QUOTE);
  }
  cursor.byte(CLOSED);
  into.events = 2;
}

function readEvent(cursor: ByteCursor, into: SettledValues, index: number): void {
  cursor.literal(EVENT_ID);
  cursor.uuid(into.ids, index);
  cursor.literal(EVENT_ROLE);
  into.roles[index] = cursor.code(ROLE_WORDS);
  cursor.literal(CREATED_AT);
  into.createdAt[index] = cursor.number();
  cursor.literal(CHARS);
  into.chars[index] = cursor.integer();
}
