import type { Counts } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';

/** Turns with a failing violation, of those that were answered and read. */
export interface ViolationCount {
  readonly answered: number;
  readonly unread: number;
  readonly violated: number;
}

/** Of the turns that meet an SQL condition. */
export function countViolations(db: Database, condition: string): Promise<ViolationCount> {
  return db.row(
    `SELECT count(*) FILTER (outcome = 'answered') AS answered, count(*) FILTER (unread) AS unread, count(*) FILTER (violated) AS violated
     FROM turn WHERE ${condition}`,
  );
}

/** What became of all turns and conversations of the run. */
export async function countTurns(db: Database): Promise<Counts> {
  const { unread, ...turns } = await db.row<Omit<Counts, 'conversations' | 'unread'> & { unread: number }>(
    `SELECT count(*) AS sent,
       count(*) FILTER (role = 'user' AND outcome <> 'unsent') AS userTurns,
       count(*) FILTER (outcome = 'answered') AS answered,
       count(*) FILTER (outcome = 'timed-out') AS timedOut,
       count(*) FILTER (outcome = 'lost') AS lost,
       count(*) FILTER (outcome = 'cut') AS cut,
       count(*) FILTER (outcome = 'unsent') AS unsent,
       count(*) FILTER (unread) AS unread,
       count(*) FILTER (violated) AS withViolations,
       count(*) FILTER (role = 'user' AND measured) AS measured
     FROM turn`,
  );
  const { started } = await db.row<{ started: number }>('SELECT count(*) AS started FROM talk');
  const ends = await db.rows<{ outcome: string; count: number }>(
    `SELECT outcome, count(*) AS count FROM line WHERE kind = 'conversation' GROUP BY outcome ORDER BY count DESC, outcome::VARCHAR`,
  );
  return {
    conversations: { started, ...Object.fromEntries(ends.map((end) => [end.outcome, end.count])) },
    ...turns,
    ...(unread > 0 && { unread }),
  };
}
