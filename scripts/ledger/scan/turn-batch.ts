import { MOST_ROWS, type SourceRows, type SourceType } from '../row-source.ts';
import { OUTCOMES, ROLES, type SentValues, type SettledValues } from './turn-values.ts';

/** What a row has that others lack, as bits: an id of its conversation, a hash of its reply, the text of its settled line. */
export const HAS = { id: 1, hash: 2, line: 4 } as const;

export const COLUMNS = {
  conversation: 'INTEGER',
  turn: 'INTEGER',
  attempt: 'INTEGER',
  lane: 'INTEGER',
  role: ROLES,
  startAt: 'DOUBLE',
  lastAt: 'DOUBLE',
  intendedAt: 'DOUBLE',
  sentAt: 'DOUBLE',
  settledAt: 'DOUBLE',
  outcome: OUTCOMES,
  status: 'INTEGER',
  errorCode: 'INTEGER',
  durationMs: 'DOUBLE',
  waitingMs: 'DOUBLE',
  connectMs: 'DOUBLE',
  bytes: 'INTEGER',
  has: 'UTINYINT',
  id: 'UUID',
  events: 'UTINYINT',
  firstId: 'UUID',
  firstRole: ROLES,
  firstAt: 'DOUBLE',
  firstChars: 'INTEGER',
  secondId: 'UUID',
  secondRole: ROLES,
  secondAt: 'DOUBLE',
  secondChars: 'INTEGER',
  hash: 'UBIGINT',
  text: 'VARCHAR',
} as const satisfies Readonly<Record<string, SourceType>>;

/** Null where a turn never settled. */
const OF_SETTLED = ['settledAt', 'durationMs', 'waitingMs', 'connectMs', 'bytes'] as const;
const CUT = OUTCOMES.indexOf('cut');

const integers = () => new Int32Array(MOST_ROWS);
const doubles = () => new Float64Array(MOST_ROWS);
const bytes = () => new Uint8Array(MOST_ROWS);
const words = (each: number) => new Uint32Array(MOST_ROWS * each);

/** Turns in columns as DuckDB takes them, sent and settled lines side by side. */
export class TurnBatch {
  count = 0;
  private readonly values = {
    conversation: integers(),
    turn: integers(),
    attempt: integers(),
    lane: integers(),
    role: bytes(),
    startAt: doubles(),
    lastAt: doubles(),
    intendedAt: doubles(),
    sentAt: doubles(),
    settledAt: doubles(),
    outcome: bytes(),
    status: integers(),
    errorCode: integers(),
    durationMs: doubles(),
    waitingMs: doubles(),
    connectMs: doubles(),
    bytes: integers(),
    has: bytes(),
    id: words(4),
    events: bytes(),
    firstId: words(4),
    firstRole: bytes(),
    firstAt: doubles(),
    firstChars: integers(),
    secondId: words(4),
    secondRole: bytes(),
    secondAt: doubles(),
    secondChars: integers(),
    hash: words(2),
    /** The form of the answer; where the row has a line, the line. */
    text: new Array<string | undefined>(MOST_ROWS),
  } satisfies Record<keyof typeof COLUMNS, unknown>;

  get isFull(): boolean {
    return this.count === MOST_ROWS;
  }

  clear(): void {
    this.count = 0;
  }

  /** The rows so far; `isSettled`: they have settled lines. */
  rows(isSettled: boolean): SourceRows {
    return { count: this.count, values: this.values, nulls: isSettled ? [] : OF_SETTLED };
  }

  addSettled(sent: SentValues, settled: SettledValues, startAt: number): void {
    const { values, count: row } = this;
    this.addSent(sent, startAt);
    values.outcome[row] = settled.outcome;
    values.settledAt[row] = settled.settledAt;
    values.status[row] = settled.status;
    values.errorCode[row] = settled.errorCode;
    values.durationMs[row] = settled.durationMs;
    values.waitingMs[row] = settled.waitingMs;
    values.connectMs[row] = settled.connectMs;
    values.bytes[row] = settled.bytes;
    const line = settled.text;
    values.text[row] = line === undefined ? settled.form : withId(line, sent.idText);
    values.has[row] =
      (sent.hasId ? HAS.id : 0) | (settled.hasHash ? HAS.hash : 0) | (line === undefined ? 0 : HAS.line);
    values.events[row] = settled.events;
    if (settled.events > 0) this.addEvents(settled, row);
  }

  /** A turn that never settled: nobody knows more than that it went on until `lastAt`. */
  addCut(sent: SentValues, startAt: number, lastAt: number): void {
    const { values, count: row } = this;
    this.addSent(sent, startAt);
    values.lastAt[row] = lastAt;
    values.outcome[row] = CUT;
    values.status[row] = 0;
    values.errorCode[row] = 0;
    values.events[row] = 0;
    values.text[row] = sent.idText === undefined ? undefined : withId('{"events":[],"violations":[]}', sent.idText);
    values.has[row] = (sent.hasId ? HAS.id : 0) | (sent.idText === undefined ? 0 : HAS.line);
  }

  private addSent(sent: SentValues, startAt: number): void {
    const { values, count: row } = this;
    values.conversation[row] = sent.conversation;
    values.turn[row] = sent.turn;
    values.attempt[row] = sent.attempt;
    values.lane[row] = sent.lane;
    values.role[row] = sent.role;
    values.startAt[row] = startAt;
    values.intendedAt[row] = sent.intendedAt;
    values.sentAt[row] = sent.sentAt;
    if (sent.hasId) copyUuid(sent.id, 0, values.id, row);
    this.count = row + 1;
  }

  private addEvents({ events, ids, roles, createdAt, chars, hash }: SettledValues, row: number): void {
    const { values } = this;
    copyUuid(ids, 0, values.firstId, row);
    values.firstRole[row] = roles[0] ?? 0;
    values.firstAt[row] = createdAt[0] ?? 0;
    values.firstChars[row] = chars[0] ?? 0;
    if (events === 1) return;
    copyUuid(ids, 1, values.secondId, row);
    values.secondRole[row] = roles[1] ?? 0;
    values.secondAt[row] = createdAt[1] ?? 0;
    values.secondChars[row] = chars[1] ?? 0;
    values.hash[2 * row] = hash[0] ?? 0;
    values.hash[2 * row + 1] = hash[1] ?? 0;
  }
}

function copyUuid(from: Uint32Array, index: number, to: Uint32Array, row: number): void {
  for (let word = 0; word < 4; word++) to[4 * row + word] = from[4 * index + word] ?? 0;
}

/** A settled line with the id of its sent line, where that is no UUID. */
const withId = (line: string, id: string | undefined): string =>
  id === undefined ? line : `{"interactionId":${JSON.stringify(id)},${line.slice(1)}`;
