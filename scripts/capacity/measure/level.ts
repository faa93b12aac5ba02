import { quantile } from '../../analysis/metrics/percentile.ts';
import { isGrowing } from '../../analysis/metrics/steady-state.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import type { BreakPoint } from './break-point.ts';
import { breakPointOf } from './break-point.ts';
import { autocovariances } from './dependence.ts';
import type { OpenRung, RungRecord, RungTurn } from './rung.ts';
import type { Steadiness } from './steadiness.ts';
import { steadinessOf } from './steadiness.ts';

export interface Tally {
  readonly n: number;
  readonly bad: number;
}

/**
 * What a level is for: the search itself; the first level again, to see whether the service has changed; a rate that
 * cannot matter, to see how many turns are bad all the same; a rate on the way up, in place of saturation.
 */
export type Purpose = 'search' | 'repeat' | 'calm' | 'ramp';

/** A rung of the open model. */
export interface Level {
  readonly rate: number;
  /** Turns that count. */
  readonly n: number;
  readonly bad: number;
  readonly errors: number;
  readonly p95Ms: number;
  readonly meanMs: number;
  readonly lateShare: number;
  readonly aborted: boolean;
  /** Whether what is in flight grew through the level. */
  readonly growing: boolean;
  readonly inFlight: number;
  readonly halves: readonly [first: Tally, second: Tally];
  readonly covariances: Float64Array;
  /** Of the counting turns, in the order of their intended starts; infinite where one failed. */
  readonly latenciesMs: readonly number[];
  readonly purpose: Purpose;
  readonly rung: OpenRung;
  readonly steadiness: Steadiness;
  /** Turns in flight from which on this level's answers took much longer. */
  readonly breakPoint: BreakPoint | null;
}

/** Independent turns that a level of an SLO of 5 % needs; rarer bad turns need more. */
const TURNS = 300;
const BAD_PER_LEVEL = 15;

export const turnsPerLevel = (badShare: number): number => Math.max(TURNS, Math.round(BAD_PER_LEVEL / badShare));

const MOMENTS = 60;

/** What a rung of the open model showed; turns of unknown outcome are left out. */
export function levelOf(
  rung: OpenRung,
  { turns, lateShare, aborted }: RungRecord,
  limitMs: number,
  purpose: Purpose,
): Level {
  const counting = turns.slice(rung.skip).filter(({ outcome }) => outcome !== 'unknown');
  const indicators = Uint8Array.from(counting, (turn) => (isBad(turn, limitMs) ? 1 : 0));
  const answered = counting.filter(({ outcome }) => outcome === 'answered');
  const answeredMs = answered.map(({ latencyMs }) => latencyMs);
  const half = Math.floor(indicators.length / 2);
  const counts = inFlightCounts(rung, turns);
  return {
    rate: rung.rate,
    n: indicators.length,
    bad: ones(indicators),
    errors: counting.length - answered.length,
    p95Ms: quantile(Float64Array.from(answeredMs).sort(), 0.95),
    meanMs: meanOrZero(answeredMs),
    lateShare,
    aborted,
    growing: isGrowing(counts),
    inFlight: meanOrZero(counts),
    halves: [tally(indicators.subarray(0, half)), tally(indicators.subarray(half))],
    covariances: autocovariances(indicators),
    latenciesMs: counting.map((turn) => (turn.outcome === 'answered' ? turn.latencyMs : Number.POSITIVE_INFINITY)),
    purpose,
    rung,
    steadiness: steadinessOf(turns, { skip: rung.skip, aborted, counts }),
    breakPoint: breakPointOf(rung, turns),
  };
}

export const isBad = ({ outcome, latencyMs }: RungTurn, limitMs: number): boolean =>
  outcome === 'failed' || latencyMs > limitMs;

const ones = (indicators: Uint8Array): number => indicators.reduce((sum, it) => sum + it, 0);
const tally = (indicators: Uint8Array): Tally => ({ n: indicators.length, bad: ones(indicators) });
const meanOrZero = (values: readonly number[]): number => (values.length === 0 ? 0 : mean(values));

/** Turns in flight at equal steps of time, from the first turn that counts to the last arrival. */
function inFlightCounts({ skip }: OpenRung, turns: readonly RungTurn[]): number[] {
  const from = turns[skip]?.atMs ?? 0;
  const to = turns.at(-1)?.atMs ?? from;
  return Array.from({ length: MOMENTS }, (_, index) => {
    const at = from + ((to - from) * (index + 0.5)) / MOMENTS;
    return turns.reduce((sum, { atMs, latencyMs }) => sum + (atMs <= at && atMs + latencyMs > at ? 1 : 0), 0);
  });
}
