import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Database } from '../../ledger/database.ts';
import { quantile, type Ranked } from './percentile.ts';
import type { Bin, Bucket, Series } from './series.ts';

const MOST_BUCKETS = 240;
/** With fewer turns a bucket's percentiles are noise; but a run of few turns still has a course. */
const TURNS_A_BUCKET = 40;
const LEAST_BUCKETS = 40;
const WIDTHS_MS = [100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 1800e3];
const HOUR_MS = 3_600_000;

/** Bins of the latency histogram and of the heat map for each factor of ten. */
const BINS_A_DECADE = 20;
const HEAT_BINS_A_DECADE = 8;

/** Steps of the percentile curve: evenly spread over log(1 - q), which is how tails are read. */
const CURVE = [0, ...Array.from({ length: 60 }, (_, i) => 1 - 10 ** (-(i + 1) / 12))];

/** What the figures show, of the whole run; `lastMs` is its last sign of life from time zero. */
export async function timeSeries(db: Database, plan: Plan, ranked: Ranked, lastMs: number): Promise<Series> {
  const spanMs = Math.max(plan.windowMs, lastMs, 1);
  const bucketMs = widthOf(spanMs, ranked.worst.length);
  return {
    bucketMs,
    buckets: await buckets(db, bucketMs, Math.ceil(spanMs / bucketMs)),
    histogram: await histogram(db),
    percentiles: curve(ranked),
    heat: await heat(db, bucketMs),
    events: await events(db, plan),
  };
}

function widthOf(spanMs: number, turns: number): number {
  const most = Math.min(MOST_BUCKETS, Math.max(LEAST_BUCKETS, turns / TURNS_A_BUCKET));
  const width = WIDTHS_MS.find((ms) => spanMs / ms <= most);
  return width ?? Math.ceil(spanMs / most / HOUR_MS) * HOUR_MS;
}

type Row = Omit<Bucket, 'conversationsInFlight' | 'turnsInFlight'> &
  Record<'sent' | 'settled' | 'begun' | 'ended', number>;

async function buckets(db: Database, bucketMs: number, count: number): Promise<Bucket[]> {
  const into = (ms: string): string => `least(${count - 1}, greatest(0, floor((${ms}) / ${bucketMs})))::INT`;
  // Each of the four clocks (intended, sent, settled, conversation) is bucketed by itself and joined by bucket.
  const rows = await db.rows<Row>(
    `WITH t AS (SELECT *, atMs - intendedAt AS shift FROM turn),
     intended AS (SELECT ${into('atMs')} AS bucket, count(*) AS started, quantile_cont(latencyMs, [0.5, 0.95, 0.99]) AS q
       FROM (SELECT atMs, CASE WHEN censored THEN 'Infinity'::DOUBLE ELSE latencyMs END AS latencyMs FROM t WHERE role = 'user')
       GROUP BY bucket),
     left_ AS (SELECT ${into('sentAt + shift')} AS bucket, count(*) AS sent FROM t GROUP BY bucket),
     settled AS (SELECT ${into('settledAt + shift')} AS bucket, count(*) AS settled,
         count(*) FILTER (role = 'user' AND outcome = 'answered') AS completed, count(*) FILTER (role = 'user' AND good) AS good
       FROM t WHERE settledAt IS NOT NULL GROUP BY bucket),
     begun AS (SELECT ${into('beginMs')} AS bucket, count(*) AS begun FROM talk GROUP BY bucket),
     ended AS (SELECT ${into('line."at" + shift')} AS bucket, count(*) AS ended
       FROM line JOIN talk USING (conversation) WHERE line.kind = 'conversation' GROUP BY bucket)
     SELECT b.bucket * ${bucketMs} AS atMs, coalesce(started, 0) AS started, coalesce(completed, 0) AS completed,
       coalesce(good, 0) AS good, q[1] AS p50, q[2] AS p95, q[3] AS p99, coalesce(sent, 0) AS sent,
       coalesce(settled, 0) AS settled, coalesce(begun, 0) AS begun, coalesce(ended, 0) AS ended
     FROM (SELECT unnest(range(${count}))::INT AS bucket) b LEFT JOIN intended USING (bucket) LEFT JOIN left_ USING (bucket)
       LEFT JOIN settled USING (bucket) LEFT JOIN begun USING (bucket) LEFT JOIN ended USING (bucket) ORDER BY b.bucket`,
  );
  let [turnsInFlight, conversationsInFlight] = [0, 0];
  return rows.map(({ sent, settled, begun, ended, p50, p95, p99, ...row }) => {
    turnsInFlight += sent - settled;
    conversationsInFlight += begun - ended;
    return { ...row, turnsInFlight, conversationsInFlight, p50: known(p50), p95: known(p95), p99: known(p99) };
  });
}

function known(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

const binOf = (aDecade: number): string => `floor(log10(greatest(latencyMs, 0.1)) * ${aDecade})::INT`;
const edge = (bin: number, aDecade: number): number => 10 ** (bin / aDecade);

async function histogram(db: Database): Promise<Bin[]> {
  const rows = await db.rows<{ bin: number; count: number }>(
    `SELECT ${binOf(BINS_A_DECADE)} AS bin, count(*) AS count FROM turn
     WHERE measured AND role = 'user' AND outcome = 'answered' GROUP BY bin ORDER BY bin`,
  );
  return rows.map(({ bin, count }) => ({
    fromMs: edge(bin, BINS_A_DECADE),
    toMs: edge(bin + 1, BINS_A_DECADE),
    count,
  }));
}

async function heat(db: Database, bucketMs: number): Promise<Series['heat']> {
  const rows = await db.rows<{ atMs: number; bin: number; count: number }>(
    `SELECT floor(atMs / ${bucketMs}) * ${bucketMs} AS atMs, ${binOf(HEAT_BINS_A_DECADE)} AS bin, count(*) AS count
     FROM turn WHERE role = 'user' AND outcome = 'answered' GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map(({ atMs, bin, count }) => ({
    atMs,
    fromMs: edge(bin, HEAT_BINS_A_DECADE),
    toMs: edge(bin + 1, HEAT_BINS_A_DECADE),
    count,
  }));
}

/** The curve ends where fewer than one turn is beyond. */
function curve({ worst }: Ranked): Series['percentiles'] {
  const reached = CURVE.filter((q) => worst.length * (1 - q) >= 1);
  return reached.map((q) => ({ q, ms: known(quantile(worst, q)) }));
}

async function events(db: Database, plan: Plan): Promise<Series['events']> {
  const stages = plan.stages.map(({ startMs, name }) => ({ atMs: startMs, label: name }));
  const at = '(settledAt - intendedAt + atMs)';
  const first = await db.row<Record<string, number | null>>(
    `SELECT min(${at}) FILTER (status = 429) AS "first 429", min(${at}) FILTER (status >= 500) AS "first 5xx",
       min(${at}) FILTER (outcome = 'timed-out') AS "first timeout" FROM turn`,
  );
  const breakers = await db.rows<{ atMs: number | null; label: string }>(
    `SELECT min("at") - (SELECT min(startAt) FROM lane) AS atMs, 'breaker: ' || reason AS label
     FROM line WHERE kind = 'breaker' GROUP BY reason`,
  );
  const firsts = [...Object.entries(first).map(([label, atMs]) => ({ atMs, label })), ...breakers];
  const happened = firsts.filter((each): each is { atMs: number; label: string } => each.atMs !== null);
  return [...stages, ...happened].sort((a, b) => a.atMs - b.atMs);
}
