import type { GeneratorHealth, Share } from '../../contracts/generated/result.ts';
import type { Database } from '../ledger/database.ts';
import type { RunFacts } from './run-facts.ts';

/** How well the generator kept to the plan, over the whole run. */
export async function generatorHealth(
  db: Database,
  late: Share,
  valid: boolean,
  { cpuShare, peakMemoryBytes }: RunFacts,
): Promise<GeneratorHealth> {
  const { p50, p95, max } = await db.row<Record<'p50' | 'p95' | 'max', number | null>>(
    `SELECT quantile_cont(lateMs, 0.5) AS p50, quantile_cont(lateMs, 0.95) AS p95, max(lateMs) AS "max" FROM turn`,
  );
  const { waitMs } = await db.row<{ waitMs: number | null }>(
    `SELECT min(sentAt) FILTER (kind = 'sent') - min("at") FILTER (kind = 'lane-start') AS waitMs FROM line`,
  );
  return {
    valid,
    lateMs: { p50, p95, max },
    late,
    ...(cpuShare === undefined ? {} : { cpuShare }),
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
    ...(waitMs === null ? {} : { startToFirstRequestMs: Math.max(0, waitMs) }),
  };
}
