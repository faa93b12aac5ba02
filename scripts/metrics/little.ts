import type { Plan } from '../../contracts/generated/plan.ts';
import type { Database } from '../ledger/database.ts';

/**
 * Little's law on the measured stages: turns in flight, averaged over time by their time stamps, against
 * the rate of turns times their mean latency. They are measured apart, so a difference beyond `tolerance` means
 * a wrong clock, lost answers or latencies from a wrong origin.
 */
export interface Little {
  readonly inFlight: number;
  readonly rateTimesLatency: number;
  /** |inFlight - rateTimesLatency| relative to the larger. */
  readonly difference: number;
  readonly tolerance: number;
}

/** The share that rounding and scheduling may cost. */
const RELATIVE = 0.02;
/** What one turn may lose between its answer and the generator's notice of it. */
const PER_TURN_MS = 5;

/** @returns undefined where nothing was in flight. */
export async function little(db: Database, { stages }: Plan, lastMs: number): Promise<Little | undefined> {
  let [heldMs, latencyMs, edgeMs, turns, windowMs] = [0, 0, 0, 0, 0];
  for (const { measured, startMs, endMs } of stages) {
    const end = Math.min(endMs, lastMs);
    if (!measured || end <= startMs) continue;
    const stage = await db.row<{ heldMs: number; latencyMs: number; edges: number; turns: number }>(
      `WITH span AS (SELECT atMs, latencyMs, coalesce(settledAt - intendedAt + atMs, ${lastMs}) AS untilMs
         FROM turn WHERE latencyMs IS NOT NULL)
       SELECT coalesce(sum(least(untilMs, ${end}) - greatest(atMs, ${startMs}))
           FILTER (atMs < ${end} AND untilMs > ${startMs}), 0) AS heldMs,
         coalesce(sum(latencyMs) FILTER (atMs >= ${startMs} AND atMs < ${end}), 0) AS latencyMs,
         count(*) FILTER (atMs < ${startMs} AND untilMs > ${startMs}) + count(*) FILTER (atMs < ${end} AND untilMs > ${end}) AS edges,
         count(*) FILTER (atMs >= ${startMs} AND atMs < ${end}) AS turns
       FROM span`,
    );
    heldMs += stage.heldMs;
    latencyMs += stage.latencyMs;
    turns += stage.turns;
    // A turn that reaches over an edge is counted in part on one side and in whole on the other.
    edgeMs += stage.turns === 0 ? 0 : (stage.edges * stage.latencyMs) / stage.turns;
    windowMs += end - startMs;
  }
  const larger = Math.max(heldMs, latencyMs);
  if (larger === 0) return undefined;
  return {
    inFlight: heldMs / windowMs,
    rateTimesLatency: latencyMs / windowMs,
    difference: Math.abs(heldMs - latencyMs) / larger,
    tolerance: RELATIVE + (edgeMs + turns * PER_TURN_MS) / larger,
  };
}
