import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { usageError } from '../../foundation/errors.ts';
import { type Database, openDatabase } from '../../ledger/database.ts';
import { type Counted, type DemandHistory, HOUR_MS } from './demand-history.ts';

const HEADER = 'timestamp,conversations';
/** Counts of fixed intervals begin at a quarter of an hour; their gaps are multiples of the smallest, but for months and summer time. */
const GRID_MS = 900_000;
const SLACK = 0.12;
const MOST_IRREGULAR = 0.05;
const ISO = String.raw`\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?`;
const PLAUSIBLE = ['2000-01-01', '2100-01-01'] as const;

/**
 * Reads a CSV `timestamp,conversations`: each row is a start of that many conversations, or a count that begins at its
 * time. Rows are added up by the hour; where they regularly lie further apart, each counts until the next.
 * @throws HarnessError (2) with line and column of the first row that is wrong
 */
export async function readDemandFile(path: string): Promise<DemandHistory> {
  if (!existsSync(path) || statSync(path).isDirectory()) {
    throw usageError(`--forecast: there is no file ${path}; give conversations per month, or a CSV file ${HEADER}`);
  }
  await assertHeader(path);
  const db = await openDatabase();
  try {
    await loadRows(db, path);
    const { everyMs, counts } = await countsOf(db, path);
    return { name: basename(path), everyMs, counts };
  } finally {
    await db.close();
  }
}

async function assertHeader(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(256) });
    const [first = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/);
    const found = first
      .replace(/^\uFEFF/, '')
      .replaceAll('"', '')
      .trim();
    if (found.toLowerCase() === HEADER) return;
    const hint = found.includes(';') ? '; columns are separated by commas' : '';
    throw usageError(`${path}, line 1: must be the header ${HEADER}, got ${JSON.stringify(found.slice(0, 80))}${hint}`);
  } finally {
    await file.close();
  }
}

async function loadRows(db: Database, path: string): Promise<void> {
  await db.run(`SET TimeZone = 'UTC'`);
  try {
    await db.run(`CREATE TABLE row AS SELECT "timestamp" AS text, conversations AS count FROM read_csv(
      '${path.replaceAll("'", "''")}', header = true, delim = ',', quote = '"', auto_detect = false, strict_mode = true,
      columns = {timestamp: 'VARCHAR', conversations: 'VARCHAR'}, force_not_null = ['timestamp', 'conversations'],
      store_rejects = true)`);
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n');
    throw usageError(`${path} cannot be read as CSV (${why}): all lines must have the same line ending`, {
      cause: error,
    });
  }
  const [reject] = await db.rows<{ line: number; column: number; text: string }>(
    `SELECT line, column_idx AS "column", csv_line AS text FROM reject_errors ORDER BY line, column_idx LIMIT 1`,
  );
  if (reject !== undefined) {
    const { line, column, text } = reject;
    throw usageError(`${path}, line ${line}, column ${column}: must have two values, ${HEADER}, got ${shown(text)}`);
  }
  await assertWhole(db, path);
  await readTimes(db, path);
}

/** As spreadsheets and scripts write whole numbers: `1.000` is a thousand to some, and one to others. */
const WHOLE = String.raw`\d{1,16}([.]0{1,2})?([eE][+]?\d{1,2})?`;

/** As text, since a cast to a whole number would round 12.7 to 13. */
async function assertWhole(db: Database, path: string): Promise<void> {
  const [odd] = await db.rows<Row>(
    `SELECT text, count FROM row WHERE NOT regexp_full_match(trim(count), '${WHOLE}')
     OR try_cast(trim(count) AS DOUBLE) > ${Number.MAX_SAFE_INTEGER} LIMIT 1`,
  );
  if (odd === undefined) return;
  const where = `${path}, line ${await lineOf(path, odd)}, column 2`;
  throw usageError(`${where}: conversations must be a whole number of 0 or more, digits only, got ${shown(odd.count)}`);
}

interface Row {
  readonly text: string;
  readonly count: string;
}

const shown = (text: string): string => JSON.stringify(text.trim().slice(0, 80));

/** TIMESTAMPTZ honours the zone of a text, which TIMESTAMP would ignore, but wants seconds before it. */
async function readTimes(db: Database, path: string): Promise<void> {
  const [least, most] = PLAUSIBLE;
  await db.run(`CREATE TABLE demand AS SELECT text, count, try_cast(trim(count) AS DOUBLE) AS conversations, CASE WHEN regexp_full_match(trim(text), '${ISO}')
    THEN try_cast(regexp_replace(trim(text), '([T ]\\d\\d:\\d\\d)(Z|[+-]|$)', '\\1:00\\2') AS TIMESTAMPTZ) END AS moment FROM row`);
  const [odd] = await db.rows<Row>(
    `SELECT text, count FROM demand WHERE moment IS NULL OR moment < TIMESTAMPTZ '${least}' OR moment >= TIMESTAMPTZ '${most}' LIMIT 1`,
  );
  if (odd === undefined) return;
  const where = `${path}, line ${await lineOf(path, odd)}, column 1`;
  const range = `between ${least} and ${most}`;
  throw usageError(
    `${where}: the timestamp must look like 2026-01-31T09:00:00Z (UTC if no zone is given), ${range}, got ${JSON.stringify(odd.text.slice(0, 40))}`,
  );
}

async function lineOf(path: string, { text, count }: Row): Promise<number> {
  const file = await open(path);
  let number = 0;
  for await (const line of file.readLines()) {
    number += 1;
    if (number > 1 && line.replaceAll('"', '') === `${text},${count}`) break;
  }
  await file.close();
  return number;
}

async function countsOf(db: Database, path: string): Promise<{ everyMs: number; counts: Counted[] }> {
  const { times, gapMs, irregular } = await db.row<{ times: number; gapMs: number | null; irregular: number | null }>(
    `WITH gap AS (
       SELECT epoch_ms(moment) AS epochMs, epoch_ms(moment) - lag(epoch_ms(moment)) OVER (ORDER BY moment) AS ms
       FROM (SELECT DISTINCT moment FROM demand)
     ), least AS (SELECT min(ms) AS least FROM gap)
     SELECT count(*) AS times, any_value(least) AS gapMs,
       avg(CASE WHEN abs(ms / least - round(ms / least)) > ${SLACK} OR epochMs % ${GRID_MS} <> 0 THEN 1.0 ELSE 0.0 END) FILTER (ms IS NOT NULL) AS irregular
     FROM gap, least`,
  );
  if (gapMs === null || irregular === null) {
    throw usageError(`${path}: has ${times === 0 ? 'no time' : 'only one time'}; at least two are needed`);
  }
  const everyMs = gapMs > HOUR_MS && irregular <= MOST_IRREGULAR ? gapMs : HOUR_MS;
  const from = everyMs === HOUR_MS ? `time_bucket(INTERVAL 1 HOUR, moment)` : 'moment';
  const rows = await db.rows<{ startMs: number; count: number }>(
    `SELECT epoch_ms(${from}) AS startMs, sum(conversations) AS count FROM demand GROUP BY ALL ORDER BY startMs`,
  );
  return { everyMs, counts: rows.map(({ startMs, count }, index) => ({ startMs, endMs: endOf(index), count })) };

  function endOf(index: number): number {
    const start = rows[index]?.startMs ?? 0;
    const next = rows[index + 1]?.startMs ?? start + everyMs;
    // A month is up to a tenth longer than another; a gap of two intervals is a missing row.
    return next - start <= (1 + SLACK) * everyMs ? next : start + everyMs;
  }
}
