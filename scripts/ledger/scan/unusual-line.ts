import ledgerSchema from '../../../contracts/files/ledger.schema.json' with { type: 'json' };
import { LARGEST } from '../columns.ts';
import { type Key, OUTCOMES, ROLES, type SentValues, type SettledValues } from './turn-values.ts';

type Fields = Readonly<Record<string, unknown>>;

const MOST_INTEGER = 2 ** 31 - 1;
const KEY = ['conversation', 'turn', 'attempt', 'lane'] as const;
const { Sent, Settled } = ledgerSchema.$defs;
const SENT_FIELDS = new Set(Object.keys(Sent.properties));
const SETTLED_FIELDS = new Set(Object.keys(Settled.properties));
const VIOLATION_TEXTS = ['rule', 'class', 'location', 'template'];
/** An escaped surrogate may stand alone, and bytes may be no UTF-8: then the line is no JSON to DuckDB. */
const NO_TEXT = /\\u[dD][89a-fA-F]|\ufffd/;
const NUL = '\0';

/** The fields of a line that is written as the harness writes JSON, so that DuckDB and this module cannot differ about them. */
function fieldsOf(text: string, known: ReadonlySet<string>): Fields | undefined {
  if (NO_TEXT.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || JSON.stringify(value) !== text) return undefined;
    return Object.keys(value).every((name) => known.has(name)) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As `readSent`, for a line that is not as nearly all are. */
export function readUnusualSent(text: string, into: SentValues): boolean {
  const fields = fieldsOf(text, SENT_FIELDS);
  if (fields === undefined || !takeKey(fields, into)) return false;
  const { role, intendedAt, sentAt, patienceMs = 0, interactionId } = fields;
  if (!isNumber(intendedAt) || !isNumber(sentAt) || !isNumber(patienceMs)) return false;
  if (!isTextOrNone(interactionId)) return false;
  Object.assign(into, { role: ROLES.indexOf(role as string), intendedAt, sentAt, hasId: false, idText: interactionId });
  return into.role >= 0;
}

/** As `readSettled`, for a line that is not as nearly all are: what is unlike is read from its text later. */
export function readUnusualSettled(text: string, into: SettledValues): boolean {
  const fields = fieldsOf(text, SETTLED_FIELDS);
  if (fields === undefined || !takeKey(fields, into)) return false;
  const { outcome, status, errorCode, bytes, settledAt, durationMs, waitingMs, connectMs, form } = fields;
  if (!isInteger(status) || !isInteger(errorCode) || !isInteger(bytes) || !isNumber(settledAt)) return false;
  if (!isNumber(durationMs) || !isNumber(waitingMs) || !isNumber(connectMs)) return false;
  if (!isTextOrNone(form) || !hasKnownLists(fields)) return false;
  Object.assign(into, { status, errorCode, bytes, settledAt, durationMs, waitingMs, connectMs, form, text, events: 0 });
  into.outcome = OUTCOMES.indexOf(outcome as string);
  into.hasHash = false;
  return into.outcome >= 0;
}

/** Whether what is read from the text of the line later has the types that it should have. */
function hasKnownLists({ error = '', retryAfterMs = 0, events, violations }: Fields): boolean {
  if (typeof error !== 'string' || !isNumber(retryAfterMs)) return false;
  return Array.isArray(events) && events.every(isEvent) && Array.isArray(violations) && violations.every(isViolation);
}

function isEvent(event: unknown): boolean {
  if (!isObject(event)) return false;
  const { id, role, createdAt, chars, hash = '' } = event;
  return [id, role, hash].every((text) => typeof text === 'string') && isNumber(createdAt) && isInteger(chars);
}

function isViolation(violation: unknown): boolean {
  if (!isObject(violation)) return false;
  const { expected, observed } = violation;
  const isObserved = isObject(observed) && typeof observed.type === 'string' && typeof observed.sample === 'string';
  return isObserved && isObject(expected) && VIOLATION_TEXTS.every((name) => typeof violation[name] === 'string');
}

function takeKey(fields: Fields, into: Key): boolean {
  for (const name of KEY) {
    const value = fields[name];
    if (!isInteger(value) || value < 0) return false;
    into[name] = value;
  }
  return true;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= LARGEST;
const isInteger = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) <= MOST_INTEGER;
/** A text is handed over as one that ends at the first NUL. */
const isTextOrNone = (value: unknown): value is string | undefined =>
  value === undefined || (typeof value === 'string' && !value.includes(NUL));
