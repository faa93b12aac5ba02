import type { Little } from '../../../contracts/generated/result.ts';
import { balanceOf } from '../../analysis/metrics/little.ts';
import { warmUpShare } from '../../analysis/metrics/steady-state.ts';
import type { RungTurn } from './rung.ts';

/** Whether a level was in a steady state, and whether its own numbers fit each other. */
export interface Steadiness {
  /** Share of the counting turns that MSER-5 would cut off as warm-up; above 0.4 there is no steady state. Null: too few. */
  readonly mser: number | null;
  /** Little's law; null where the level ended early, since the turns in flight were cut. */
  readonly little: Little | null;
  /** Turns per second by which those in flight grew, by least squares. */
  readonly inFlightSlope: number;
}

/** A level has few hundred turns; below 20 batches of five MSER-5 says nothing. */
const LEAST_BATCHES = 20;
/** MSER-5 never cuts more than half; so late a cut means that there is no level. */
export const UNSTEADY = 0.4;

export interface LevelView {
  /** Turns that do not count. */
  readonly skip: number;
  readonly aborted: boolean;
  /** Turns in flight at equal steps of time, from the first turn that counts to the last arrival. */
  readonly counts: readonly number[];
}

/** Looks at the turns of an open rung, all of them, in the order of their intended starts. */
export function steadinessOf(turns: readonly RungTurn[], { skip, aborted, counts }: LevelView): Steadiness {
  const answered = turns.slice(skip).filter(({ outcome }) => outcome === 'answered');
  const [fromMs, toMs] = [turns[skip]?.atMs ?? 0, turns.at(-1)?.atMs ?? 0];
  return {
    mser: warmUpShare(
      answered.map(({ latencyMs }) => latencyMs),
      LEAST_BATCHES,
    ),
    little: aborted || toMs <= fromMs ? null : (littleOf(turns, fromMs, toMs) ?? null),
    inFlightSlope: toMs <= fromMs ? 0 : (slopeOf(counts) * counts.length * 1000) / (toMs - fromMs),
  };
}

/** A turn that no line says to have settled is in flight to the end by its stamps, and has no latency: a lost line shows. */
function littleOf(turns: readonly RungTurn[], fromMs: number, toMs: number): Little | undefined {
  const within = (start: number, end: number): number => Math.max(0, Math.min(end, toMs) - Math.max(start, fromMs));
  const total = { stampedMs: 0, latencyMs: 0, turns: 0, windowMs: toMs - fromMs };
  for (const { atMs, latencyMs, outcome, settledMs } of turns) {
    const isLost = outcome !== 'answered' && settledMs === undefined;
    const stamped = within(atMs, isLost ? toMs : (settledMs ?? atMs + latencyMs));
    total.stampedMs += stamped;
    total.latencyMs += isLost ? 0 : within(atMs, atMs + latencyMs);
    if (stamped > 0) total.turns += 1;
  }
  return balanceOf(total);
}

/** Least squares, per step. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const squares = values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
  return squares === 0 ? 0 : values.reduce((sum, value, index) => sum + (index - middle) * value, 0) / squares;
}
