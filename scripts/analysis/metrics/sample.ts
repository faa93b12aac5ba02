import type { Database } from '../../ledger/database.ts';

/** Latencies in order of the intended start. What never settled has the least that it can have taken, and a mark. */
export interface Sample {
  readonly ms: Float64Array;
  /** One of FATE for each. */
  readonly fate: Uint8Array;
  /** How late each was sent; in the open model that is part of its latency. Empty where it was not asked for. */
  readonly late: Float64Array;
}

/** answered; gaveUp: timed out or lost, no answer ever came; cut: the run ended first, nobody knows. */
export const FATE = { answered: 0, gaveUp: 1, cut: 2 } as const;

/** A turn that was answered, but not with 200: how long a failure took is no latency of an answer. */
export const FAILED = `(outcome = 'answered' AND status <> 200)`;

/** To the first byte of the answer; of a turn without one, how long it was waited for. */
export const WAITING = '(CASE WHEN censored THEN latencyMs ELSE latencyMs - durationMs + waitingMs END)';

/**
 * Reads the latencies of the turns that meet an SQL condition: of those that were answered with 200 or never. Turns that
 * were never sent have none.
 */
export async function readSample(
  db: Database,
  condition: string,
  { took = 'latencyMs', withLate = false }: { took?: string; withLate?: boolean } = {},
): Promise<Sample> {
  const late = withLate ? `, least(${took}, lateMs)` : '';
  const columns = await db.columns<[Float64Array, Uint8Array, Float64Array?]>(
    `SELECT ${took}, ${FATE_OF}::UTINYINT ${late} FROM turn
     WHERE latencyMs IS NOT NULL AND NOT ${FAILED} AND (${condition})`,
  );
  return { ms: columns[0], fate: columns[1], late: columns[2] ?? new Float64Array() };
}

const FATE_OF = `CASE WHEN NOT censored THEN ${FATE.answered} WHEN outcome = 'cut' THEN ${FATE.cut} ELSE ${FATE.gaveUp} END`;
