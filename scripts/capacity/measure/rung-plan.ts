import type { Plan } from '../../../contracts/generated/plan.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import { deal } from '../../run/plan/lanes.ts';
import type { Slo } from '../slo.ts';
import { type Rung, rungTurns } from './rung.ts';
import { userTurns } from './user-turns.ts';

const STARTS_PER_LANE_AND_SECOND = 40;
const IN_FLIGHT_PER_LANE = 50;
const MOST_LANES = 40;
/** A closed rung ends by its number of turns; this only bounds one that a service keeps waiting. */
const LONGEST_MS = 3_600_000;
/** Refusals in a row in a lane after which nothing gets through at all. */
const PATIENT = { rateLimited: 60, failing: 60 } as const;
/** Spreads the seeds of rungs, so that no two send the same turns. */
const SEED_STEP = 7_919;

/** The plan of one rung: single user turns at the rung's own times, judged by the SLO when it is reported by itself. */
export function rungPlan(base: Plan, rung: Rung, slo: Slo, number: number): Plan {
  const turns = rungTurns(rung);
  const lanes = lanesOf(rung);
  const windowMs = rung.kind === 'open' ? (rung.arrivals.at(-1) ?? 0) + 1 : LONGEST_MS;
  const level = rung.kind === 'open' ? rung.rate : rung.concurrency;
  const startMs = rung.kind === 'open' ? (rung.arrivals[rung.skip] ?? 0) : 0;
  const stage = (name: string, from: number, to: number, measured: boolean) =>
    ({ name, startMs: from, endMs: to, from: level, to: level, measured }) as const;
  const { concurrency: _concurrency, lastTurns: _lastTurns, patience: _patience, ...rest } = base;
  return {
    ...rest,
    runId: `${base.runId}-${number}`,
    seed: base.seed + SEED_STEP * number,
    model: rung.kind === 'open' ? 'poisson' : 'closed',
    ...(rung.kind === 'open' ? {} : { concurrency: rung.concurrency }),
    stages: nonEmpty([
      ...(startMs > 0 ? [stage('settling', 0, startMs, false)] : []),
      stage('level', startMs, windowMs, true),
    ]),
    windowMs,
    drainMs: 0,
    lanes,
    inFlightPerLane: Math.max(1, Math.ceil(turns / lanes)),
    conversations: turns,
    turns,
    schedule: rung.kind === 'open' ? deal(rung.arrivals, lanes) : Array.from({ length: lanes }, () => []),
    continuation:
      base.continuation.strategy === 'pool' ? { strategy: 'pool', poolSize: turns } : { strategy: 'single' },
    breaker: rung.kind === 'open' && rung.limited ? { ...base.breaker, ...PATIENT } : base.breaker,
    retryOnce: false,
    gates: [],
    workload: { ...base.workload, conversations: userTurns(base.workload.conversations) },
    config: { ...base.config, slo: slo.text },
  };
}

function lanesOf(rung: Rung): number {
  const wanted = rung.kind === 'open' ? rung.rate / STARTS_PER_LANE_AND_SECOND : rung.concurrency / IN_FLIGHT_PER_LANE;
  const most = rung.kind === 'open' ? rung.arrivals.length : rung.concurrency;
  return Math.max(1, Math.min(MOST_LANES, most, Math.max(2, Math.ceil(wanted))));
}
