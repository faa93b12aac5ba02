import type { Retries } from '../../../contracts/generated/result.ts';
import { share } from '../../foundation/statistics/share.ts';
import type { Database } from '../../ledger/database.ts';

/** What retries changed, over the user turns of the measured window. Absent where nothing was retried. */
export async function readRetries(db: Database): Promise<Retries | undefined> {
  if (!(await hasRetries(db))) return undefined;
  const { turns, first, after, retried, recovered } = await db.row<Record<string, number>>(
    `WITH attempts AS (
       SELECT bool_or(measured) AS measured, bool_or(${OK} AND attempt = 0) AS first, bool_or(${OK}) AS after,
         bool_or(attempt > 0) AS retried
       FROM turn WHERE role = 'user' GROUP BY conversation, turn)
     SELECT count(*) AS turns, count(*) FILTER (first) AS first, count(*) FILTER (after) AS after,
       count(*) FILTER (retried) AS retried, count(*) FILTER (retried AND after) AS recovered
     FROM attempts WHERE measured`,
  );
  if (!retried || turns === undefined) return undefined;
  return {
    retried,
    recovered: recovered ?? 0,
    firstTry: share(first ?? 0, turns),
    afterRetry: share(after ?? 0, turns),
  };
}

export async function hasRetries(db: Database): Promise<boolean> {
  return (await db.rows('SELECT 1 FROM turn WHERE attempt > 0 LIMIT 1')).length > 0;
}

const OK = `(outcome = 'answered' AND status = 200)`;
