import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Little } from '../../../contracts/generated/result.ts';
import { type Database, exact } from '../../ledger/database.ts';

const RELATIVE = 0.02;
/** What one turn may lose between its answer and the generator's notice of it. */
const PER_TURN_MS = 5;
/** A generator without time starts turns late and notices their answers as late: on starved machines up to 1.4 times so. */
const NOTICE_PER_LATE = 2;

/**
 * Little's law on the measured stages: turns in flight, averaged over time by their time stamps, against the rate of turns
 * times their mean latency (of a turn that reaches over the edge of a stage: the part within). The two come from
 * different clocks, so a difference beyond `tolerance` means a wrong clock, lost answers or latencies from a wrong origin.
 * J. D. C. Little, S. C. Graves, Little's Law (2008), on finite windows.
 * @returns undefined where nothing was in flight.
 */
export async function little(db: Database, { stages, timeoutMs }: Plan, lastMs: number): Promise<Little | undefined> {
  const total = { stampedMs: 0, latencyMs: 0, lateMs: 0, turns: 0, windowMs: 0 };
  for (const { measured, startMs, endMs } of stages) {
    const end = Math.min(endMs, lastMs);
    if (!measured || end <= startMs) continue;
    const within = (until: string): string =>
      exact(`coalesce(sum(greatest(0, least(${until}, ${end}) - greatest(atMs, ${startMs}))), 0)`, 0);
    // No turn is in flight beyond its timeout: one that seems to be was answered, and its line is lost.
    const stage = await db.row<Omit<typeof total, 'windowMs'>>(
      `SELECT ${within(`coalesce(settledAt - intendedAt + atMs, ${lastMs})`)} AS stampedMs,
         ${within(`atMs + CASE WHEN settledAt IS NULL THEN least(latencyMs, ${timeoutMs}) ELSE latencyMs END`)} AS latencyMs,
         coalesce(sum(lateMs), 0) AS lateMs,
         count(*) AS turns
       FROM turn WHERE latencyMs IS NOT NULL AND atMs < ${end} AND coalesce(settledAt - intendedAt + atMs, ${lastMs}) > ${startMs}`,
    );
    total.stampedMs += stage.stampedMs;
    total.latencyMs += stage.latencyMs;
    total.lateMs += stage.lateMs;
    total.turns += stage.turns;
    total.windowMs += end - startMs;
  }
  return balanceOf(total);
}

/**
 * Time in flight by stamps against time in flight by latencies, of the same turns within the same window.
 * @returns undefined where nothing was in flight.
 */
export function balanceOf(total: {
  readonly stampedMs: number;
  readonly latencyMs: number;
  readonly turns: number;
  readonly windowMs: number;
  /** By how much the turns started late, together. */
  readonly lateMs?: number;
}): Little | undefined {
  const { stampedMs, latencyMs, turns, windowMs, lateMs = 0 } = total;
  const larger = Math.max(stampedMs, latencyMs);
  if (larger === 0) return undefined;
  return {
    inFlight: stampedMs / windowMs,
    rateTimesLatency: latencyMs / windowMs,
    difference: Math.abs(stampedMs - latencyMs) / larger,
    tolerance: RELATIVE + (turns * PER_TURN_MS + NOTICE_PER_LATE * lateMs) / larger,
  };
}
