import type { Plan } from '../../contracts/generated/plan.ts';
import type { Result } from '../../contracts/generated/result.ts';
import { openDatabase } from '../ledger/database.ts';
import { readLedgers } from '../ledger/read-ledgers.ts';
import { tabulateTurns } from '../ledger/turns.ts';
import { measure } from './metrics/measure.ts';
import type { RunFacts } from './metrics/run-facts.ts';
import type { Series } from './metrics/series.ts';
import { judgeRun } from './verdict/judge-run.ts';

export interface Analysis {
  readonly plan: Plan;
  /** Ledgers of this run, plain or gzip, one a runner. */
  readonly ledgers: readonly string[];
  /** Where turns.parquet is written. */
  readonly parquet: string;
  readonly run?: RunFacts;
}

/**
 * Ledgers to result and figures. A ledger may be torn, short or empty: the result says so.
 * @throws HarnessError for ledgers that are missing, of another run or of several executions of it.
 */
export async function analyse(analysis: Analysis): Promise<{ result: Result; series: Series }> {
  const { plan, ledgers, parquet, run = {} } = analysis;
  const db = await openDatabase();
  try {
    const { damaged } = await readLedgers(db, { plan, ledgers, parquet, packing: 'zstd' });
    await tabulateTurns(db, plan, parquet);
    const measurements = await measure(db, plan);
    return { result: judgeRun({ plan, run, damaged, measurements }), series: measurements.series };
  } finally {
    await db.close();
  }
}
