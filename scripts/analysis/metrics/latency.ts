import type { LatencyRow, Level } from '../../../contracts/generated/result.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { type Database, exact, text } from '../../ledger/database.ts';
import { estimate, percentile, rank } from './percentile.ts';
import { FATE, readSample, type Sample } from './sample.ts';

/** The row of all measured stages together. */
export const MEASURED = 'measured';

/** One row a role and stage that has turns, in order of time, and one a role for all measured stages together. */
export async function latencyRows(db: Database): Promise<LatencyRow[]> {
  const groups = await db.rows<{ role: string; stage: string }>(
    `SELECT role, stage FROM (
       SELECT role, '${MEASURED}' AS stage, 0 AS since FROM turn WHERE measured GROUP BY role
       UNION ALL SELECT role, stage, min(atMs) FROM turn GROUP BY role, stage)
     ORDER BY role = 'user' DESC, role, stage = '${MEASURED}' DESC, since`,
  );
  const rows: LatencyRow[] = [];
  for (const { role, stage } of groups) {
    const where = stage === MEASURED ? 'measured' : `stage = ${text(stage)}`;
    rows.push(latencyRow(role, stage, await readSample(db, `role = ${text(role)} AND ${where}`)));
  }
  return rows;
}

/** Good turns of the measured stages by role. A latency below a tenth of a millisecond counts as that: it has a logarithm. */
export async function levels(db: Database): Promise<Level[]> {
  return db.rows<Level>(
    `SELECT role, count(*) AS n, quantile_cont(ms, 0.95) AS p95, ${exact('avg(ln(ms))', 6)} AS meanLog,
       ${exact('coalesce(stddev_samp(ln(ms)), 0)', 6)} AS sdLog
     FROM (SELECT role, greatest(latencyMs, 0.1) AS ms FROM turn WHERE measured AND good)
     GROUP BY role ORDER BY role = 'user' DESC, role`,
  );
}

/** The effective sample of a row is that of its p95. */
function latencyRow(role: string, stage: string, sample: Sample): LatencyRow {
  const ranked = rank(sample);
  const answered = sample.ms.filter((_, i) => sample.fate[i] === FATE.answered);
  const p95 = percentile(ranked, 0.95);
  return {
    role,
    stage,
    n: sample.ms.length,
    nEffective: p95.nEffective,
    censored: sample.ms.length - answered.length,
    mean: answered.length === 0 ? null : mean(answered),
    max: answered.length === 0 ? null : answered.reduce((max, ms) => Math.max(max, ms), 0),
    p50: estimate(percentile(ranked, 0.5)),
    p90: estimate(percentile(ranked, 0.9)),
    p95: estimate(p95),
    p99: estimate(percentile(ranked, 0.99)),
  };
}
