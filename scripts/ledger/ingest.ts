import { usageError } from '../foundation/errors.ts';
import { isSound, ledgerColumns, packedColumns, unpackedColumns } from './columns.ts';
import type { Database } from './database.ts';
import { runOnLedgers } from './ledger-source.ts';
import { type ConversationEnds, insertEnds } from './scan/conversation-ends.ts';
import type { LaneTallies } from './scan/lane-tallies.ts';

/** What reading the ledgers showed of the ledgers themselves. */
export interface Ingested {
  /** Lines that are no ledger lines: torn by a crash, or k6's own. */
  readonly damaged: number;
}

export interface ReadElsewhere {
  readonly lanes: LaneTallies;
  readonly ends: ConversationEnds;
}

/** The table function of the ends of conversations. */
const ENDS = 'ends';

/** What a table of turns is made of. */
export const TURN_COLUMNS = [
  ...['kind', 'lane', 'at', 'startAt', 'runId', 'conversation', 'turn', 'attempt', 'role', 'intendedAt', 'sentAt'],
  ...['interactionId', 'settledAt', 'outcome', 'status', 'errorCode', 'error', 'durationMs', 'waitingMs', 'connectMs'],
  ...['bytes', 'retryAfterMs', 'form', 'violations'],
];
/** What results are made of. A column costs its bytes in every line, of whatever kind. */
const RESULT_COLUMNS = [
  ...TURN_COLUMNS,
  ...['runner', 'operation', 'reason', 'message', 'conversations', 'sent', 'settled', 'held'],
];

/**
 * Reads ledgers (plain or gzip) of one run into the table `entry` and its view `line`, one row a line, with columns of
 * ledger.schema.json: those that results need, or those of `only`, which takes half as long. Only the table has events.
 * The same line in two ledgers counts once. The table `lane` has a row for each lane: what its lines show together, and those that
 * were `read` elsewhere: lines of turns, and ends of conversations, which become rows as well.
 * @throws HarnessError when a ledger belongs to another run, or is of another execution of the plan.
 */
export async function ingest(
  db: Database,
  ledgers: readonly string[],
  runId: string,
  { only, read }: { readonly only?: readonly string[]; readonly read?: ReadElsewhere } = {},
): Promise<Ingested> {
  const columns = only ?? RESULT_COLUMNS;
  const events = only === undefined ? 'events' : '[] AS events';
  const tooLong = await runOnLedgers(
    db,
    ledgers,
    (source) =>
      `CREATE OR REPLACE TABLE entry AS SELECT ${packedColumns(columns)}, ${events}
       FROM (SELECT * REPLACE (CASE WHEN ${isSound(only)} THEN kind END AS kind) FROM ${source})`,
    { columns: ledgerColumns(only) },
  );
  const { damaged } = await db.row<{ damaged: number }>('SELECT count(*) - count(kind) AS damaged FROM entry');
  if (damaged > 0) await db.run('DELETE FROM entry WHERE kind IS NULL');
  if (read !== undefined && !read.ends.isEmpty)
    await db.runOnSource(ENDS, read.ends, insertEnds('entry', ENDS, columns));
  await db.run(`CREATE OR REPLACE VIEW line AS SELECT ${unpackedColumns(columns)} FROM entry`);
  await refuseOtherRuns(db, runId);
  await foldRepeats(db);
  await db.run(`CREATE OR REPLACE TABLE lane AS ${lanesWith(read?.lanes)}`);
  return { damaged: damaged + tooLong };
}

/** How many lines of some kind a lane has. */
const linesOf = (condition: string): string => `coalesce(sum(lines) FILTER (${condition}), 0)::BIGINT`;

/** By kind first, which leaves few rows. `lastAt`: the last sign of life; a turn that never settled was watched at least until then. */
const lanesWith = (read: LaneTallies | undefined): string => `
  WITH told AS (
    SELECT lane, kind, count(*) AS lines, min("at") AS readyAt, min(sentAt) AS firstSentAt, count(conversation) AS named,
      greatest(max("at"), max(sentAt), max(settledAt)) AS lastAt
    FROM entry GROUP BY lane, kind${read === undefined ? '' : turnLinesOf(read)}),
  begun AS (SELECT lane, min(startAt) AS startAt FROM line WHERE kind = 'lane-start' GROUP BY lane)
  SELECT told.lane, any_value(startAt) AS startAt, max(lastAt) AS lastAt,
    ${linesOf("kind = 'lane-start'")} AS starts, min(readyAt) FILTER (kind = 'lane-start') AS readyAt,
    min(firstSentAt) FILTER (kind = 'sent') AS firstSentAt,
    ${linesOf("kind = 'sent'")} AS sent, ${linesOf("kind = 'settled'")} AS settled,
    ${linesOf("kind = 'conversation'")} + coalesce(sum(named) FILTER (kind = 'fault'), 0)::BIGINT AS conversations,
    ${linesOf("kind = 'lane-end'")} AS ends
  FROM told LEFT JOIN begun USING (lane) GROUP BY told.lane`;

/** Lines of turns that were read elsewhere, as more rows of `told`. */
function turnLinesOf(lanes: LaneTallies): string {
  const rows = lanes
    .entries()
    .flatMap(([lane, { sent, settled, firstSentAt, lastTurnAt }]) =>
      sent === 0
        ? []
        : [
            `(${lane}, 'sent', ${sent}, NULL, ${firstSentAt}, 0, ${lastTurnAt})`,
            `(${lane}, 'settled', ${settled}, NULL, NULL, 0, ${lastTurnAt})`,
          ],
    );
  return rows.length === 0 ? '' : ` UNION ALL SELECT * FROM (VALUES ${rows.join(', ')})`;
}

async function refuseOtherRuns(db: Database, runId: string): Promise<void> {
  const runs = await db.rows<{ runId: string }>(
    `SELECT DISTINCT runId FROM line WHERE kind = 'lane-start' ORDER BY runId`,
  );
  const other = runs.find((run) => run.runId !== runId);
  if (other === undefined) return;
  throw usageError(
    `The ledger is of run ${other.runId}, the plan of run ${runId}: give only ledgers of one run, next to its run.json`,
  );
}

/** One bit a turn and kind of its conversation: what is there twice leaves fewer bits than lines. A few others do so, too. */
const PERHAPS_REPEATED = `SELECT 1 FROM entry WHERE kind IN ('sent', 'settled') GROUP BY conversation
  HAVING count(*) > bit_count(bit_or(1::BIGINT << ((turn + 7 * attempt::BIGINT) % 31 + CASE kind WHEN 'sent' THEN 0 ELSE 31 END))) LIMIT 1`;
/** One group a turn rather than one a line: half as many. */
const REPEATED = `SELECT conversation, turn FROM entry WHERE kind IN ('sent', 'settled') GROUP BY conversation, turn, attempt
  HAVING count(*) FILTER (kind = 'sent') > 1 OR count(*) FILTER (kind = 'settled') > 1 ORDER BY conversation, turn LIMIT 1`;

/** Copies of a ledger overlap in equal lines. A turn told in two ways is told by two executions, which do not merge. */
async function foldRepeats(db: Database): Promise<void> {
  for (const query of [PERHAPS_REPEATED, REPEATED]) if ((await db.rows(query)).length === 0) return;
  await db.run('CREATE TABLE once AS SELECT DISTINCT * FROM entry');
  await db.run('DROP TABLE entry');
  await db.run('ALTER TABLE once RENAME TO entry');
  const [repeated] = await db.rows<{ conversation: number; turn: number }>(REPEATED);
  if (repeated === undefined) return;
  throw usageError(
    `Turn ${repeated.turn} of conversation ${repeated.conversation} is in the ledgers twice and differs: ` +
      'these are two executions of one plan; report them separately',
  );
}
