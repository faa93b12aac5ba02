import type { Plan } from '../../../contracts/generated/plan.ts';
import type { RunnerRow } from '../../../contracts/generated/result.ts';
import type { Database } from '../../ledger/database.ts';
import { LATE_MS } from './shares.ts';

type Flat = Omit<RunnerRow, 'lateMs' | 'clockMs'> & Readonly<Record<'p95' | 'most' | 'lower' | 'upper', number | null>>;

/**
 * What each runner of a plan did; undefined where it has one. The service's clock is the one that all of them see: an event
 * that it creates while it answers lies between the sending and the settling of that turn, by the runner's clock. The
 * medians of both bounds hold whatever single answers say.
 */
export async function readRunners(db: Database, { runners }: Plan): Promise<RunnerRow[] | undefined> {
  if (runners === undefined) return undefined;
  const rows = await db.rows<Flat>(
    `WITH begun AS (
       SELECT lane, any_value(runner) AS runner, min(startAt - "at") AS readyMs FROM line WHERE kind = 'lane-start' GROUP BY lane),
     lanes AS (
       SELECT runner, min(readyMs) AS readyMs, count(DISTINCT ended.lane) AS lanes
       FROM begun LEFT JOIN (SELECT lane FROM line WHERE kind = 'lane-end') ended USING (lane) GROUP BY runner),
     turns AS (
       SELECT runner, count(*) AS sent, count(*) FILTER (outcome = 'cut') AS cut, count(*) FILTER (lateMs > ${LATE_MS}) AS late,
         quantile_cont(lateMs, 0.95) AS p95, max(lateMs) AS most,
         median(lastEventAt - settledAt) AS lower, median(firstEventAt - sentAt) AS upper
       FROM turn JOIN begun USING (lane) GROUP BY runner)
     SELECT runner, lanes, coalesce(sent, 0) AS sent, coalesce(cut, 0) AS cut, coalesce(late, 0) AS late, p95, most, readyMs,
       lower, upper
     FROM lanes LEFT JOIN turns USING (runner)`,
  );
  const known = new Map(rows.map((row) => [row.runner, row]));
  return Array.from({ length: runners }, (_, index) => runnerRow(index + 1, known.get(index + 1)));
}

function runnerRow(runner: number, row: Flat | undefined): RunnerRow {
  const { lanes = 0, sent = 0, cut = 0, late = 0, p95 = null, most = null, readyMs = null, lower, upper } = row ?? {};
  const isTold = typeof lower === 'number' && typeof upper === 'number';
  return {
    runner,
    lanes,
    sent,
    cut,
    late,
    lateMs: { p95, max: most },
    readyMs,
    clockMs: isTold ? { lower, upper } : null,
  };
}

/** By how many ms the clocks of any two runners differ at least; 0 where they may agree. */
export function clocksApart(runners: readonly RunnerRow[] = []): number {
  const clocks = runners.flatMap(({ clockMs }) => clockMs ?? []);
  if (clocks.length < 2) return 0;
  return Math.max(0, Math.max(...clocks.map(({ lower }) => lower)) - Math.min(...clocks.map(({ upper }) => upper)));
}

/** Runners of which the ledgers hold nothing. */
export const absentRunners = (runners: readonly RunnerRow[] = []): number[] =>
  runners.filter(({ readyMs }) => readyMs === null).map(({ runner }) => runner);
