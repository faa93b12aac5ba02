import { observe } from '../../../contracts/breach.ts';
import type { OutcomeRow, Reason, RequestRow, TurnRef, ViolationRow } from '../../../contracts/generated/result.ts';
import { VIOLATION_CLASSES } from '../../../contracts/violation.ts';
import { share } from '../../foundation/statistics/share.ts';
import { breachesOf } from '../../ledger/breaches.ts';
import { type Database, exact, text } from '../../ledger/database.ts';

const SLOWEST = 20;

/** A turn as result.json refers to it, as an SQL struct. */
const TURN_REF = `{ 'conversation': conversation, 'turn': turn, 'attempt': attempt, 'atMs': atMs, 'latencyMs': latencyMs,
  'outcome': outcome, 'status': status, 'rules': CASE WHEN len(violations) > 0 THEN list_distinct(list_transform(violations, lambda v: v.rule)) ELSE [] END }`;

/** In time order: of equal turns the first is the example, in whatever order the lines came. */
const FIRST = 'ORDER BY atMs, conversation, turn, attempt';

/** The turns in these rows of the table, which are counted in its order, that of time. */
async function turnsAt(db: Database, rows: readonly number[]): Promise<ReadonlyMap<number, TurnRef>> {
  if (rows.length === 0) return new Map();
  const turns = await db.rows<{ at: number; ref: TurnRef }>(
    `SELECT "at", ${TURN_REF} AS ref FROM (SELECT rowid AS "at", * FROM turn WHERE rowid IN (${rows.join(', ')}))
     LEFT JOIN (SELECT conversation, turn, attempt, violations FROM amiss) USING (conversation, turn, attempt)`,
  );
  return new Map(turns.map(({ at, ref }) => [at, ref]));
}

/** Turns by outcome, status and k6 error code, most first. */
export async function outcomeRows(db: Database, sent: number): Promise<OutcomeRow[]> {
  const rows = await db.rows<Omit<OutcomeRow, 'share' | 'example'> & { first: number }>(
    `SELECT outcome, status, errorCode, count(*) AS count, min(rowid) AS "first"
     FROM turn GROUP BY outcome, status, errorCode ORDER BY count DESC, outcome::VARCHAR, status, errorCode`,
  );
  const examples = await turnsAt(
    db,
    rows.map(({ first }) => first),
  );
  const reasons = await reasonsOf(db);
  return rows.map(({ first, ...row }) => {
    const own = reasons.get(`${row.outcome} ${row.errorCode}`);
    const example = examples.get(first);
    if (example === undefined) throw new Error(`no turn in row ${first}`);
    return { ...row, example, share: share(row.count, sent), ...(own === undefined ? {} : { reasons: own }) };
  });
}

/** Of very many reasons the rest says nothing new. */
const MOST_REASONS = 5;

/** Why k6 had no answer, by outcome and error code. */
async function reasonsOf(db: Database): Promise<ReadonlyMap<string, Reason[]>> {
  const rows = await db.rows<Reason & Pick<OutcomeRow, 'outcome' | 'errorCode'>>(
    `WITH told AS (
       SELECT *, regexp_replace(regexp_replace(error, '"([^"\\\\]|\\\\.)*"', '""', 'g'), '[0-9]+', '0', 'g') AS kind
       FROM amiss WHERE error IS NOT NULL AND outcome <> 'answered')
     SELECT outcome, errorCode, first(error ${FIRST}) AS text, count(*) AS count FROM told GROUP BY outcome, errorCode, kind
     QUALIFY row_number() OVER (PARTITION BY outcome, errorCode ORDER BY count(*) DESC, kind) <= ${MOST_REASONS}
     ORDER BY count DESC, text`,
  );
  const reasons = new Map<string, Reason[]>();
  for (const { outcome, errorCode, ...reason } of rows) {
    const key = `${outcome} ${errorCode}`;
    reasons.set(key, [...(reasons.get(key) ?? []), reason]);
  }
  return reasons;
}

/** Turns by rule and template that they break, worst class first. Shares are of answered turns. */
export async function violationRows(db: Database, answered: number): Promise<ViolationRow[]> {
  const classes = VIOLATION_CLASSES.map((name) => text(name)).join(', ');
  const rows = await db.rows<
    Omit<ViolationRow, 'share' | 'expected' | 'observed'> & {
      expected: string;
      observed: string;
      names: string | null;
    }
  >(
    `WITH ${breachesOf('amiss')}
     SELECT v.rule AS rule, v.class AS class, counted AS template,
       count(DISTINCT (conversation, turn, attempt)) AS count,
       first(CAST(v.expected AS VARCHAR) ${FIRST}) AS expected, first(CAST(to_json(v.observed) AS VARCHAR) ${FIRST}) AS observed,
       any_value(names) AS names, first(${TURN_REF} ${FIRST}) AS example
     FROM breach GROUP BY v.rule, v.class, counted
     ORDER BY list_position([${classes}], v.class), count DESC, rule, template`,
  );
  return rows.map(({ expected, observed, names, ...row }) => ({
    ...row,
    share: share(row.count, Math.max(answered, row.count)),
    expected: JSON.parse(expected) as ViolationRow['expected'],
    observed:
      names === null ? (JSON.parse(observed) as ViolationRow['observed']) : { ...observe(names), type: 'object' },
  }));
}

/** Requests that are not turns, by operation. */
export async function requestRows(db: Database): Promise<RequestRow[]> {
  return db.rows<RequestRow>(
    `SELECT operation, count(*) AS count, count(*) FILTER (status NOT BETWEEN 200 AND 299 OR error IS NOT NULL) AS failed,
       ${exact('avg(durationMs) FILTER (status > 0)', 6)} AS meanMs
     FROM line WHERE kind = 'request' GROUP BY operation ORDER BY operation`,
  );
}

/** The slowest measured user turns, those without an answer by how long they were waited for. */
export async function slowestTurns(db: Database): Promise<TurnRef[]> {
  const rows = await db.rows<{ at: number }>(
    `SELECT rowid AS "at" FROM turn WHERE measured AND role = 'user' AND latencyMs IS NOT NULL
     ORDER BY latencyMs DESC, conversation, turn, attempt LIMIT ${SLOWEST}`,
  );
  const numbers = rows.map(({ at }) => at);
  const turns = await turnsAt(db, numbers);
  return numbers.flatMap((at) => turns.get(at) ?? []);
}
