import type { Database } from '../../ledger/database.ts';

/** What the ledger says of the lanes that wrote it, and whether lines of theirs are missing. */
export interface Lanes {
  readonly started: number;
  readonly ended: number;
  /** Lines of ended lanes that the ledger does not hold: their start, and sent, settled and conversation lines they counted. */
  readonly missingLines: number;
  /** Conversations that ended lanes began; what the plan had beyond them was not offered. */
  readonly conversations: number;
  /** Turns that ended lanes held back, because answers were too long for many at once. */
  readonly held: number;
  /** Turns that were over sooner, by the clock, than they took: it was set back meanwhile. */
  readonly setBack: number;
  /** Lines of kind fault; the message of the first. */
  readonly faults: number;
  readonly fault: string | null;
  readonly breakers: readonly { readonly reason: string; readonly count: number }[];
  /** Epoch ms: time zero of the schedule, the first lane's start, the last sign of life. */
  readonly startAt: number | null;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

export async function readLanes(db: Database): Promise<Lanes> {
  const lines = await db.row<Omit<Lanes, 'breakers' | 'missingLines' | 'conversations' | 'held' | 'setBack'>>(
    `SELECT count(*) FILTER (starts > 0) AS started, count(*) FILTER (ends > 0) AS ended,
       (SELECT count(*) FROM line WHERE kind = 'fault') AS faults,
       (SELECT first(message ORDER BY "at", lane) FROM line WHERE kind = 'fault') AS fault,
       min(startAt) AS startAt, min(readyAt) AS firstAt, max(lastAt) AS lastAt
     FROM lane`,
  );
  // A conversation that ends in a fault has a fault line in place of its own.
  const ends = await db.row<Pick<Lanes, 'missingLines' | 'conversations' | 'held'>>(
    `SELECT coalesce(sum(greatest(0, l.sent - seen.sent) + greatest(0, l.settled - seen.settled)
         + greatest(0, l.conversations - seen.conversations) + greatest(0, 1 - seen.starts)), 0)::BIGINT AS missingLines,
       coalesce(sum(l.conversations), 0)::BIGINT AS conversations, coalesce(sum(l.held), 0)::BIGINT AS held
     FROM line l JOIN lane seen USING (lane) WHERE l.kind = 'lane-end'`,
  );
  const breakers = await db.rows<{ reason: string; count: number }>(
    `SELECT reason, count(*) AS count FROM line WHERE kind = 'breaker' GROUP BY reason ORDER BY count DESC, reason`,
  );
  const { setBack } = await db.row<{ setBack: number }>('SELECT count(*) AS setBack FROM turn WHERE setBack');
  return { ...lines, ...ends, breakers, setBack };
}
