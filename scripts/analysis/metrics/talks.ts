import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Database } from '../../ledger/database.ts';
import { hasRetries } from './retries.ts';

/**
 * Makes the table `talk` from `turn` and `line`, a row for each conversation: when it was due (`atMs`), when it began by the time of the
 * schedule (`beginMs`) and what the schedule is ahead of the clock (`shift`), whether it began in the measured stages, its turns, how
 * long it took (`ms`) from its first turn (intended; in the closed model, sent) to the answer of its last, and how it ended (`end`).
 */
export async function foldTalks(db: Database, { model }: Plan): Promise<void> {
  // Without retries a turn is one row, and counting different ones takes most of the time.
  const turns = (await hasRetries(db)) ? 'DISTINCT turn' : '*';
  const began = model === 'closed' ? 'sentAt' : 'intendedAt';
  await db.run(
    `CREATE TABLE talk AS SELECT conversation, min(atMs) AS atMs, bool_or(turn = 0 AND measured) AS isMeasured,
       count(${turns}) FILTER (outcome <> 'unsent') AS turns, max(coalesce(settledAt, sentAt)) - min(${began}) AS ms,
       min(sentAt + (atMs - intendedAt)) AS beginMs, any_value(atMs - intendedAt) AS shift, any_value("end") AS "end"
     FROM (SELECT * FROM turn UNION ALL BY NAME SELECT conversation, outcome AS "end" FROM line WHERE kind = 'conversation')
     GROUP BY conversation HAVING count(atMs) > 0`,
  );
}
