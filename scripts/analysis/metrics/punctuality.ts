import type { GeneratorHealth } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';

/** How close to its plan the generator sent, over the whole run. */
export type Punctuality = Pick<GeneratorHealth, 'lateMs' | 'startToFirstRequestMs'>;

export async function punctuality(db: Database): Promise<Punctuality> {
  const lateMs = await db.row<GeneratorHealth['lateMs']>(
    `SELECT q[1] AS p50, q[2] AS p95, "max"
     FROM (SELECT quantile_cont(lateMs, [0.5, 0.95]) AS q, max(lateMs) AS "max" FROM turn)`,
  );
  const { waitMs } = await db.row<{ waitMs: number | null }>(
    'SELECT min(firstSentAt) - min(readyAt) AS waitMs FROM lane',
  );
  return { lateMs, ...(waitMs === null ? {} : { startToFirstRequestMs: Math.max(0, waitMs) }) };
}
