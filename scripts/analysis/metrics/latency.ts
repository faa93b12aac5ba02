import type { LatencyRow, Level } from '../../../contracts/generated/result.ts';
import { leastSample } from '../../foundation/statistics/least-sample.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import { type Database, text } from '../../ledger/database.ts';
import { estimate, percentile, type Ranked, rank } from './percentile.ts';
import { FAILED, FATE, readSample, type Sample } from './sample.ts';

/** The row of all measured stages together. */
export const MEASURED = 'measured';

/**
 * One row a role and stage that has turns, in order of time, and one a role for all measured stages together.
 * @param users measured user turns, which are nearly all there are: read and sorted once
 */
export async function latencyRows(db: Database, users: Ranked): Promise<LatencyRow[]> {
  const groups = await db.rows<{ role: string; stage: string; failed: number; turns: number; measured: number }>(
    `SELECT role, stage, failed, turns, measured FROM (
       SELECT role, '${MEASURED}' AS stage, 0 AS since, ${COUNTS} FROM turn WHERE measured GROUP BY role
       UNION ALL SELECT role, stage::VARCHAR, min(atMs), ${COUNTS} FROM turn GROUP BY role, stage)
     ORDER BY role = 'user' DESC, role::VARCHAR, stage = '${MEASURED}' DESC, since`,
  );
  const rows: LatencyRow[] = [];
  let all: { readonly row: LatencyRow; readonly turns: number } | undefined;
  for (const { role, stage, failed, turns, measured } of groups) {
    const isAll = all?.row.role === role && all.turns === measured && turns === measured;
    if (isAll && all !== undefined) {
      // The only measured stage: the same turns once more.
      rows.push({ ...all.row, stage });
      continue;
    }
    const where = stage === MEASURED ? 'measured' : `stage = ${text(stage)}`;
    const isKnown = role === 'user' && stage === MEASURED;
    const ranked = isKnown ? users : rank(await readSample(db, `role = ${text(role)} AND ${where}`));
    const row = latencyRow({ role, stage, failed }, ranked);
    if (stage === MEASURED) all = { row, turns };
    rows.push(row);
  }
  return rows;
}

const COUNTS = `count(*) FILTER (${FAILED}) AS failed, count(*) AS turns, count(*) FILTER (measured) AS measured`;

/** A shorter latency counts as this: it has a logarithm. */
const LEAST_MS = 0.1;

/** What runs are compared by: the measured stages by role. */
export async function levels(db: Database, users: Ranked): Promise<Level[]> {
  const roles = await db.rows<{ role: string }>(
    `SELECT role FROM turn WHERE measured GROUP BY role ORDER BY role = 'user' DESC, role::VARCHAR`,
  );
  const rows: Level[] = [];
  for (const { role } of roles) {
    const ranked = role === 'user' ? users : rank(await readSample(db, `role = ${text(role)} AND measured`));
    if (ranked.sample.ms.length > 0) rows.push({ role, ...levelOf(ranked) });
  }
  return rows;
}

/** Of a sample that is not empty. */
export function levelOf(ranked: Ranked): Omit<Level, 'role'> {
  const { ms } = ranked.sample;
  const { worst, floor } = percentile(ranked, 0.95);
  const censored = worst.point === Number.POSITIVE_INFINITY;
  const logs = ms.map((value) => Math.log(Math.max(value, LEAST_MS)));
  return {
    n: ms.length,
    unfinished: ms.length - answeredOf(ranked.sample).n,
    p95: ms.length < leastSample(0.95) ? null : Math.max(censored ? floor.point : worst.point, LEAST_MS),
    censored,
    meanLog: mean(logs),
    sdLog: ms.length < 2 ? 0 : Math.sqrt(variance(logs)),
  };
}

/** The effective sample of a row is that of its p95. */
function latencyRow(of: Pick<LatencyRow, 'role' | 'stage' | 'failed'>, ranked: Ranked): LatencyRow {
  const { sample } = ranked;
  const answered = answeredOf(sample);
  const p95 = percentile(ranked, 0.95);
  return {
    ...of,
    n: sample.ms.length,
    nEffective: p95.nEffective,
    censored: sample.ms.length - answered.n,
    mean: answered.n === 0 ? null : answered.sum / answered.n,
    max: answered.n === 0 ? null : answered.max,
    p50: estimate(percentile(ranked, 0.5)),
    p90: estimate(percentile(ranked, 0.9)),
    p95: estimate(p95),
    p99: estimate(percentile(ranked, 0.99)),
  };
}

/** Summed up in order of time, without a copy. */
function answeredOf({ ms, fate }: Sample): { readonly n: number; readonly sum: number; readonly max: number } {
  let [n, sum, max] = [0, 0, 0];
  for (let i = 0; i < ms.length; i++) {
    if (fate[i] !== FATE.answered) continue;
    const value = ms[i] ?? 0;
    n += 1;
    sum += value;
    max = Math.max(max, value);
  }
  return { n, sum, max };
}
