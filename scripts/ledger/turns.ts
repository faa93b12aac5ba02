import { parseMetric } from '../../contracts/gate-metric.ts';
import type { Gate, Plan } from '../../contracts/generated/plan.ts';
import { contentEncodingUnread } from '../../contracts/rules/content-encoding-unread.ts';
import { FAILING_CLASSES } from '../../contracts/violation.ts';
import { ofKind, wordType } from './columns.ts';
import { type Database, file, list, text } from './database.ts';

/** The order of the table `turn`. Whoever joins it to another one has to sort it again. */
export const IN_TIME = 'ORDER BY atMs, conversation, turn, attempt';
/** The stage of a turn that is due after the arrival window. */
const DRAIN = 'drain';

/**
 * Makes the table `turn` from turns.parquet, which has one row a (conversation, turn, attempt), in no order: what results are made of,
 * in order of time. The table `amiss` has turns with an error or a violation; they replace the table `entry`.
 * What is left of `line` are the lines of no turn.
 *
 * Columns of turns.parquet: those of the ledger's sent and settled lines, and
 * - `atMs`: intended start from time zero; `stage`: the plan's stage at that time;
 * - `measured`: it decides the verdict: a first try, intended in a measured stage (a retry hides nothing);
 * - `lateMs`: how much later than intended it was sent;
 * - `censored`: timed out, lost or cut, so that the answer, if any, took longer than `latencyMs`;
 * - `latencyMs`: in the open model from the intended start, in the closed model from sending; null where unsent;
 * - `violated`: it has a violation of a failing class; `good`: answered in time with 200 and not violated.
 */
export async function tabulateTurns(db: Database, plan: Plan, parquet: string): Promise<void> {
  await dropTurnLines(db);
  const clock = plan.runners === undefined ? '' : CLOCK;
  const stages = `ENUM ${list([...new Set([...plan.stages.map(({ name }) => name), DRAIN])])}`;
  const types = { role: wordType('Role'), outcome: wordType('Outcome'), stage: stages };
  const words = Object.entries(types).map(([name, type]) => `CAST("${name}" AS ${type}) AS "${name}"`);
  const unmeasured = [...UNMEASURED, ...unaskedOf(plan)];
  // Whoever reads these tables from now on reads them in their order, without sorting them again.
  await db.run('SET preserve_insertion_order = true');
  await db.run(
    `CREATE TABLE turn AS SELECT * EXCLUDE (${unmeasured}) REPLACE (${words}), ${SET_BACK}, ${UNREAD} ${clock}
     FROM read_parquet(${file(parquet)}) ${IN_TIME}`,
  );
  await db.run(
    `CREATE TABLE amiss AS SELECT turn.*, error, violations FROM turn JOIN (
       SELECT conversation, turn, attempt, error, violations FROM read_parquet(${file(parquet)})
       WHERE error IS NOT NULL OR len(violations) > 0) USING (conversation, turn, attempt)`,
  );
}

/** Columns of turns.parquet that no result of all turns is made of: each costs its bytes in every row. */
const UNMEASURED = ['events', 'interactionId', 'connectMs', 'bytes', 'retryAfterMs', 'form', 'error', 'violations'];

/** Columns that only some plans ask for: times to the first byte, and the lane, by which runners and the places of a closed run differ. */
function unaskedOf({ gates, model, runners }: Plan): string[] {
  const times = gates.some(isOfWaiting) ? [] : ['durationMs', 'waitingMs'];
  return model === 'closed' || runners !== undefined ? times : [...times, 'lane'];
}

/** Their latency is not from what all other results are made of. */
const isOfWaiting = ({ metric }: Gate): boolean => parseMetric(metric)?.family === 'waiting';

/** Far above the grain of both clocks. */
const ROUNDING_MS = 50;
/** Turns that were over sooner, by the clock, than they took: it was set back meanwhile. Durations are of a clock that nobody sets. */
const SET_BACK = `coalesce(settledAt - sentAt < durationMs - ${ROUNDING_MS}, false) AS setBack`;
/** Turns whose answer nobody could read. */
const UNREAD = `CASE WHEN len(violations) = 0 THEN false
  ELSE list_contains(list_transform(violations, lambda v: v.rule), ${text(contentEncodingUnread.id)}) END AS unread`;

/** What results are made of besides turns: a line of a conversation, of which there are many, and any other. */
const CONVERSATION_COLUMNS = ['lane', '"at"', 'conversation', 'interactionId', 'outcome'];
const OTHER_COLUMNS = [
  ...['kind', 'startAt', 'runner', 'operation', 'status', 'error', 'durationMs', 'reason', 'message'],
  ...['conversations', 'sent', 'settled', 'held'],
];

/**
 * Lines of turns are nearly all of a large ledger: what comes after has no use for them. Lines of conversations are most of the rest:
 * a table of their own spares them the columns of the others.
 */
async function dropTurnLines(db: Database): Promise<void> {
  await db.run(`CREATE TABLE talkEnd AS SELECT ${CONVERSATION_COLUMNS} FROM entry WHERE ${ofKind('conversation')}`);
  await db.run(
    `CREATE TABLE other AS SELECT ${[...OTHER_COLUMNS, ...CONVERSATION_COLUMNS]} FROM line
     WHERE kind NOT IN ('sent', 'settled', 'conversation')`,
  );
  await db.run('DROP VIEW line');
  await db.run('DROP TABLE entry');
  await db.run(
    `CREATE VIEW line AS SELECT * FROM other UNION ALL BY NAME SELECT 'conversation' AS kind, * FROM talkEnd`,
  );
}

/** Half of DuckDB's own: threads share the work more evenly. */
const ROW_GROUP = 61_440;
/** A higher level takes a quarter longer, and ids pack no better. */
const PACKING = { zstd: 'zstd, COMPRESSION_LEVEL 1', lz4: 'lz4_raw' };

/** Columns of times and ids have a value a row: what is tried to give each of them a dictionary up to DuckDB's own limit is a tenth of writing. */
const DICTIONARY = 1_000;

/** What is read once need not be packed as well as what stays. */
export type Packing = keyof typeof PACKING;

/** SQL that writes turns.parquet; `rows` is SQL of the columns of sent and settled lines, with `startAt` and `lastAt` of their lanes. */
export function copyOfTurns(
  plan: Plan,
  rows: string,
  { parquet, packing }: { parquet: string; packing: Packing },
): string {
  const options = `FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP}, DICTIONARY_SIZE_LIMIT ${DICTIONARY}, COMPRESSION ${PACKING[packing]}`;
  return `COPY (${derived(plan, rows)}) TO ${text(parquet)} (${options})`;
}

/** When the service says that the first and the last event of an answer were created; only of interest for its clock. */
const CLOCK = `, list_min(list_transform(events, lambda e: e.createdAt)) AS firstEventAt,
  list_max(list_transform(events, lambda e: e.createdAt)) AS lastEventAt`;

/** A list of a settled line. Branches of CASE are only taken where they apply: cheaper than `coalesce`, which copies every list. */
const orNone = (list: string, name: string): string => `CASE WHEN ${list} IS NULL THEN [] ELSE ${list} END AS ${name}`;

/** Sent and settled lines of the table `entry` side by side. Where the sent line is lost, the turn counts as a user's, sent when it must have been. */
export const JOINED = `
  SELECT joined.*, coalesce(lane.startAt, zero.startAt) AS startAt, lane.lastAt AS lastAt
  FROM (SELECT coalesce(s.conversation, t.conversation) AS conversation, coalesce(s.turn, t.turn) AS turn,
    coalesce(s.attempt, t.attempt) AS attempt, coalesce(s.lane, t.lane) AS lane, coalesce(s.role, 'user') AS role,
    coalesce(s.intendedAt, t.settledAt - t.durationMs - t.connectMs) AS intendedAt,
    coalesce(s.sentAt, t.settledAt - t.durationMs - t.connectMs) AS sentAt,
    s.interactionId, t.settledAt, coalesce(t.outcome, 'cut') AS outcome, coalesce(t.status, 0) AS status,
    coalesce(t.errorCode, 0) AS errorCode, t.rare[1].error AS error, t.durationMs, t.waitingMs, t.connectMs, t.bytes,
    t.rare[1].retryAfterMs AS retryAfterMs, t.form,
    ${orNone('t.events', 'events')}, ${orNone('t.rare[1].violations', 'violations')}
  FROM (SELECT * FROM entry WHERE ${ofKind('sent')}) s
  FULL JOIN (SELECT * FROM entry WHERE ${ofKind('settled')}) t USING (conversation, turn, attempt)) joined
  LEFT JOIN lane USING (lane) CROSS JOIN (SELECT min(startAt) AS startAt FROM lane) zero`;

function derived({ model, stages, gates, timeoutMs }: Plan, rows: string): string {
  const origin = model === 'closed' ? 'sentAt' : 'intendedAt';
  const waited = `(${model === 'closed' ? '0' : 'lateMs'} + connectMs + durationMs)`;
  const stage = stages.map(
    ({ startMs, endMs, name }) => `WHEN atMs >= ${startMs} AND atMs < ${endMs} THEN ${text(name)}`,
  );
  const measured = stages
    .filter((each) => each.measured)
    .map(({ startMs, endMs }) => `(atMs >= ${startMs} AND atMs < ${endMs})`);
  return `
    WITH timed AS (
      SELECT told.* EXCLUDE (startAt), intendedAt - coalesce(startAt, intendedAt) AS atMs,
        greatest(0, sentAt - intendedAt) AS lateMs,
        outcome IN ('timed-out', 'lost', 'cut') AS censored,
        CASE WHEN len(violations) = 0 THEN false
          ELSE len(list_filter(violations, lambda v: v.class IN ${list(FAILING_CLASSES)})) > 0 END AS violated
      FROM (${rows}) told),
    latency AS (
      SELECT * EXCLUDE (lastAt), CASE ${stage.join(' ')} ELSE ${text(DRAIN)} END AS stage,
        attempt = 0 AND (${measured.join(' OR ') || 'false'}) AS measured,
        CASE WHEN outcome = 'answered' THEN ${waited}
          WHEN censored THEN greatest(0, ${waited}, coalesce(settledAt, lastAt) - ${origin}) END AS latencyMs
      FROM timed)
    SELECT *, outcome = 'answered' AND status = 200 AND NOT violated AND latencyMs <= ${deadlineMs(gates, timeoutMs)} AS good
    FROM latency`;
}

/** In time: within the longest wait that the latency gates allow, else within the timeout. */
function deadlineMs(gates: Plan['gates'], timeoutMs: number): number {
  const limits = gates.filter(({ metric, op }) => /^latency\.[^{]+$/.test(metric) && op.startsWith('<'));
  return limits.length === 0 ? timeoutMs : Math.max(...limits.map(({ limit }) => limit));
}
