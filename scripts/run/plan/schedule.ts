import type { Stage } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import { type Arrivals, expectedArrivals, timesOf, unitArrivals } from './arrivals.ts';
import { type Budgeted, budget, type Script, type TurnLimits } from './turn-budget.ts';

/** So many starts fit a plan that k6 can still load. */
const MOST_ARRIVALS = 2_000_000;

export interface Limits {
  /** Conversations after which the run ends. */
  readonly conversations?: number | undefined;
  /** Of all turns, and of those that cost a reply. */
  readonly turns?: TurnLimits;
}

/** The starts of the open model, and what of the window they use. */
export interface Schedule extends Budgeted {
  readonly windowMs: number;
  readonly stages: readonly Stage[];
  /** Intended start of each conversation, in ms from time zero. */
  readonly times: readonly number[];
}

/**
 * Draws the arrivals of a window. Where a limit ends them early, the window shrinks to what the limit leaves, with the
 * stages in their proportions: the run keeps its shape, and ends right before the first arrival that the limit refuses.
 */
export function scheduleOf(
  { arrivals, windowMs, stages }: { arrivals: Arrivals; windowMs: number; stages: (windowMs: number) => Stage[] },
  script: Script,
  limits: Limits,
): Schedule {
  const expected = expectedArrivals(stages(windowMs));
  const limit = limits.conversations ?? Number.POSITIVE_INFINITY;
  if (Math.min(expected, limit) > MOST_ARRIVALS) {
    const planned = Math.round(Math.min(expected, limit)).toLocaleString('en-US');
    throw usageError(
      `the schedule would have about ${planned} conversations; at most ${MOST_ARRIVALS.toLocaleString('en-US')} fit: lower --rate or --duration`,
    );
  }
  const { units, refused } = draw(arrivals, script.seed, expected, limit);
  const budgeted = budget(script, units.length, limits.turns);
  const end = boundary(arrivals, units, budgeted.conversations, refused);
  const shrunk = end === undefined || end >= expected ? windowMs : windowMs * (end / expected);
  const used = stages(shrunk);
  return { ...budgeted, windowMs: shrunk, stages: used, times: timesOf(units.slice(0, budgeted.conversations), used) };
}

/** Arrivals below `expected`, at most `limit`; `refused` is the one right after the limit. */
function draw(
  arrivals: Arrivals,
  seed: number,
  expected: number,
  limit: number,
): { units: number[]; refused?: number } {
  const units: number[] = [];
  for (const unit of unitArrivals(arrivals, seed)) {
    if (unit >= expected) break;
    if (units.length >= limit) return { units, refused: unit };
    units.push(unit);
  }
  return { units };
}

/** Cumulative rate at which a limit ended the arrivals; undefined when none did. */
function boundary(arrivals: Arrivals, units: readonly number[], kept: number, refused?: number): number | undefined {
  const first = kept < units.length ? units[kept] : refused;
  return first === undefined || arrivals === 'poisson' ? first : kept;
}
