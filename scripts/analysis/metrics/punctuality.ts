import type { GeneratorHealth } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';

/** How close to its plan the generator sent, over the whole run. */
export type Punctuality = Pick<GeneratorHealth, 'lateMs' | 'startToFirstRequestMs'>;

export async function punctuality(db: Database): Promise<Punctuality> {
  const lateMs = await db.row<GeneratorHealth['lateMs']>(
    `SELECT quantile_cont(lateMs, 0.5) AS p50, quantile_cont(lateMs, 0.95) AS p95, max(lateMs) AS "max" FROM turn`,
  );
  const { waitMs } = await db.row<{ waitMs: number | null }>(
    `SELECT min(sentAt) FILTER (kind = 'sent') - min("at") FILTER (kind = 'lane-start') AS waitMs FROM line`,
  );
  return { lateMs, ...(waitMs === null ? {} : { startToFirstRequestMs: Math.max(0, waitMs) }) };
}
