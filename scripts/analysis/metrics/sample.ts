import type { Database } from '../../ledger/database.ts';

/** Latencies in order of the intended start. What never settled has the least that it can have taken, and a mark. */
export interface Sample {
  readonly ms: Float64Array;
  /** One of FATE for each. */
  readonly fate: Float64Array;
}

/** answered; gaveUp: timed out or lost, no answer ever came; cut: the run ended first, nobody knows. */
export const FATE = { answered: 0, gaveUp: 1, cut: 2 } as const;

/** Reads the latencies of the turns that meet an SQL condition; turns that were never sent have none. */
export async function readSample(db: Database, condition: string): Promise<Sample> {
  const [ms = new Float64Array(), fate = new Float64Array()] = await db.columns(
    `SELECT latencyMs, CASE WHEN NOT censored THEN ${FATE.answered} WHEN outcome = 'cut' THEN ${FATE.cut} ELSE ${FATE.gaveUp} END
     FROM turn WHERE latencyMs IS NOT NULL AND (${condition}) ORDER BY atMs, conversation, turn, attempt`,
  );
  return { ms, fate };
}
