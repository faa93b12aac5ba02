import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Database } from '../../ledger/database.ts';

/**
 * When a closed run that ends by its number of conversations stops holding its level, in ms from time zero: at the first
 * conversation that ends after the last one of its lane has begun, and leaves its place empty. What goes on after that
 * is the end of the run, not its load. Undefined for any other run.
 */
export async function levelEnd(db: Database, { model, conversations }: Plan): Promise<number | undefined> {
  if (model !== 'closed' || conversations === null) return undefined;
  const { begun, endMs } = await db.row<{ begun: number; endMs: number | null }>(
    `WITH begun AS (
       SELECT lane, conversation, min(atMs) AS beginMs, any_value(atMs - intendedAt) AS shift
       FROM turn GROUP BY lane, conversation),
     last_ AS (SELECT lane, max(beginMs) AS beginMs FROM begun GROUP BY lane),
     ended AS (
       SELECT begun.lane, line."at" + shift AS endMs
       FROM line JOIN begun USING (conversation) WHERE line.kind = 'conversation')
     SELECT (SELECT count(*) FROM begun) AS begun,
       (SELECT min(endMs) FROM ended JOIN last_ USING (lane) WHERE endMs > last_.beginMs) AS endMs`,
  );
  return begun < conversations || endMs === null ? undefined : endMs;
}
