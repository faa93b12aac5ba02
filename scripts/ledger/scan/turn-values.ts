import ledgerSchema from '../../../contracts/files/ledger.schema.json' with { type: 'json' };

/** Codes of roles and outcomes are their places in these lists. */
export const ROLES: readonly string[] = ledgerSchema.$defs.Role.enum;
export const OUTCOMES: readonly string[] = ledgerSchema.$defs.Outcome.enum;
/** Events that an answer may have here; one with more is read as any unusual line. */
const MOST_EVENTS = 2;

/** What names a turn. */
export interface Key {
  conversation: number;
  turn: number;
  attempt: number;
  lane: number;
}

export interface SentValues extends Key {
  role: number;
  intendedAt: number;
  sentAt: number;
  /** Whether `id` holds the id of the conversation. */
  hasId: boolean;
  readonly id: Uint32Array;
  /** An id that is no UUID. */
  idText: string | undefined;
}

export interface SettledValues extends Key {
  settledAt: number;
  outcome: number;
  status: number;
  errorCode: number;
  durationMs: number;
  waitingMs: number;
  connectMs: number;
  bytes: number;
  form: string | undefined;
  events: number;
  readonly ids: Uint32Array;
  readonly roles: Uint8Array;
  readonly createdAt: Float64Array;
  readonly chars: Int32Array;
  hasHash: boolean;
  /** Of the second event: its two halves, the lower first. */
  readonly hash: Uint32Array;
  /** The line, where its events, its violations or its error are unlike those of nearly all lines. */
  text: string | undefined;
}

const noKey = { conversation: 0, turn: 0, attempt: 0, lane: 0 };

export const newSent = (): SentValues => ({
  ...noKey,
  role: 0,
  intendedAt: 0,
  sentAt: 0,
  hasId: false,
  id: new Uint32Array(4),
  idText: undefined,
});

export const newSettled = (): SettledValues => ({
  ...noKey,
  settledAt: 0,
  outcome: 0,
  status: 0,
  errorCode: 0,
  durationMs: 0,
  waitingMs: 0,
  connectMs: 0,
  bytes: 0,
  form: undefined,
  events: 0,
  ids: new Uint32Array(4 * MOST_EVENTS),
  roles: new Uint8Array(MOST_EVENTS),
  createdAt: new Float64Array(MOST_EVENTS),
  chars: new Int32Array(MOST_EVENTS),
  hasHash: false,
  hash: new Uint32Array(2),
  text: undefined,
});
