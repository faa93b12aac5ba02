import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { turnKey } from '../../ledger/ledger-turn.ts';
import { Refusal } from '../refusal.ts';
import type { Conversation, LedgerEvent, TurnDetail, TurnTexts } from '../turn-answers.ts';
import { skeletonOf } from './skeleton.ts';

interface StoredViolation {
  readonly rule: string;
  readonly class: string;
  readonly location: string;
  /** JSON text in Parquet. */
  readonly expected: string | Readonly<Record<string, unknown>>;
  readonly observed: { readonly type: string; readonly sample: string };
}

/** A row of turns.parquet. */
export interface StoredTurn {
  readonly conversation: number;
  readonly turn: number;
  readonly attempt: number;
  readonly role: string;
  readonly stage: string;
  readonly atMs: number;
  readonly intendedAt: number;
  readonly sentAt: number;
  readonly settledAt: number | null;
  readonly outcome: string;
  readonly status: number;
  readonly error: string | null;
  readonly waitingMs: number | null;
  readonly connectMs: number | null;
  readonly durationMs: number | null;
  readonly bytes: number | null;
  readonly retryAfterMs: number | null;
  readonly latencyMs: number | null;
  readonly interactionId: string | null;
  /** Absent in the Parquet of earlier versions. */
  readonly form?: string | null;
  readonly events: readonly LedgerEvent[];
  readonly violations: readonly StoredViolation[];
}

/** The turns of a conversation on one time line. */
export function conversationOf(
  index: number,
  rows: readonly StoredTurn[],
  texts: ReadonlyMap<string, TurnTexts> = new Map(),
): Conversation {
  const [first] = rows;
  if (first === undefined) throw new Refusal(404, `This run has no turn of conversation ${index}.`);
  const zero = first.intendedAt;
  const turns = rows.map((row, at) => ({
    ...detailOf(row, zero, rows[at - 1]),
    texts: texts.get(turnKey(row)) ?? null,
  }));
  return {
    conversation: index,
    startedMs: first.atMs,
    lastedMs: Math.max(...turns.map(({ sentMs, settledMs, latencyMs }) => settledMs ?? sentMs + (latencyMs ?? 0))),
    interactionId: rows.find(({ interactionId }) => interactionId !== null)?.interactionId ?? null,
    turns,
  };
}

function detailOf(row: StoredTurn, zero: number, before: StoredTurn | undefined): Omit<TurnDetail, 'texts'> {
  const { sentAt, settledAt, intendedAt, waitingMs, connectMs, outcome, violations } = row;
  const answered = outcome === 'answered' && waitingMs !== null;
  return {
    turn: row.turn,
    attempt: row.attempt,
    role: row.role,
    stage: row.stage,
    outcome,
    status: row.status,
    error: row.error,
    bytes: row.bytes,
    intendedMs: intendedAt - zero,
    sentMs: sentAt - zero,
    firstByteMs: answered ? sentAt - zero + (connectMs ?? 0) + waitingMs : null,
    settledMs: settledAt === null ? null : settledAt - zero,
    latencyMs: row.latencyMs,
    connectMs,
    retryAfterMs: row.retryAfterMs,
    pauseMs: before?.settledAt == null ? null : intendedAt - before.settledAt,
    form: row.form ?? null,
    violations: violations.map(({ rule, class: kind, location, expected, observed }) => ({
      rule,
      class: kind,
      location,
      expected: expectedText(typeof expected === 'string' ? parsed(expected) : expected),
      observed: observedText(observed),
    })),
    skeleton: skeletonOf(row.events, violations),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { value };
  } catch {
    return { value: text };
  }
}
