/** What the local server answers of turns and conversations. */

export interface TurnRow {
  readonly conversation: number;
  readonly turn: number;
  readonly attempt: number;
  readonly role: string;
  readonly stage: string;
  readonly atMs: number;
  readonly latencyMs: number | null;
  readonly outcome: string;
  readonly status: number;
  readonly bytes: number | null;
  readonly rules: readonly string[];
}

/** Turns of one cell of the figure: a span of time and of latency. */
export interface TurnCell {
  readonly column: number;
  readonly row: number;
  readonly turns: number;
  /** Of them, settled without a 200 or with a violation. */
  readonly bad: number;
}

export interface TurnPage {
  /** Of the whole run, whatever is asked for. */
  readonly all: number;
  readonly matching: number;
  readonly turns: readonly TurnRow[];
  readonly grid: TurnGrid;
}

export interface TurnGrid {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: number;
  /** Lower bounds of the rows in ms, ascending; one more for the upper end. */
  readonly levels: readonly number[];
  readonly cells: readonly TurnCell[];
}

export interface LedgerEvent {
  readonly id: string;
  readonly role: string;
  readonly createdAt: number;
  readonly chars: number;
}

export interface TurnViolation {
  readonly rule: string;
  readonly class: string;
  readonly location: string;
  readonly expected: string;
  readonly observed: string;
}

/** A line of the skeleton of an answer. */
export interface SkeletonLine {
  readonly depth: number;
  readonly name: string;
  readonly value: string;
  /** Indices of the violations at this place. */
  readonly marks: readonly number[];
}

export interface TurnDetail {
  readonly turn: number;
  readonly attempt: number;
  readonly role: string;
  readonly stage: string;
  readonly outcome: string;
  readonly status: number;
  readonly error: string | null;
  readonly bytes: number | null;
  /** From the intended start of the conversation's first turn. */
  readonly intendedMs: number;
  readonly sentMs: number;
  readonly firstByteMs: number | null;
  readonly settledMs: number | null;
  readonly latencyMs: number | null;
  readonly connectMs: number | null;
  readonly retryAfterMs: number | null;
  /** Time from the answer before to this turn's intended start; null for the first. */
  readonly pauseMs: number | null;
  readonly form: string | null;
  readonly violations: readonly TurnViolation[];
  readonly skeleton: readonly SkeletonLine[];
  /** What was sent and answered, redacted; null where the run did not keep it. */
  readonly texts: TurnTexts | null;
}

export interface TurnTexts {
  readonly request: string;
  /** Null where no answer came. */
  readonly answer: string | null;
}

export interface Conversation {
  readonly conversation: number;
  readonly startedMs: number;
  readonly lastedMs: number;
  readonly interactionId: string | null;
  readonly turns: readonly TurnDetail[];
}
