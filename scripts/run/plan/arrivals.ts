import type { Stage } from '../../../contracts/generated/plan.ts';
import { random } from '../../../contracts/random.ts';

/** How conversations arrive in the open model. */
export type Arrivals = 'poisson' | 'even';

/**
 * Arrivals of a process with rate 1, as its cumulative rate at each arrival: exponential gaps (Poisson), or one
 * arrival in the middle of each unit (even). Endless; the same seed gives the same arrivals.
 */
export function* unitArrivals(law: Arrivals, seed: number): Generator<number, never> {
  // Conversations draw from streams with their number; the schedule from the one without.
  const next = random(seed);
  for (let at = law === 'even' ? 0.5 : gap(next); ; at += law === 'even' ? 1 : gap(next)) yield at;
}

const gap = (next: () => number): number => -Math.log(1 - next());

/** Conversations that stages are expected to start: the integral of their rate. */
export function expectedArrivals(stages: readonly Stage[]): number {
  return stages.reduce((sum, stage) => sum + areaOf(stage), 0);
}

/**
 * Times in ms at which the cumulative rate of the stages reaches each of `units`, which ascend and stay below
 * `expectedArrivals`. Mapping a unit-rate Poisson process through the inverse cumulative rate gives exactly the
 * inhomogeneous Poisson process of that rate (the time-rescaling theorem; Cinlar 1975).
 */
export function timesOf(units: readonly number[], stages: readonly Stage[]): number[] {
  let index = 0;
  let before = 0;
  return units.map((unit) => {
    while (index < stages.length - 1 && unit >= before + areaOf(at(stages, index))) {
      before += areaOf(at(stages, index));
      index += 1;
    }
    const stage = at(stages, index);
    return microseconds(Math.min(stage.startMs + timeOfArea(stage, unit - before), stage.endMs));
  });
}

function at(stages: readonly Stage[], index: number): Stage {
  const stage = stages[index];
  if (stage === undefined) throw new Error('a schedule needs at least one stage');
  return stage;
}

/** Expected arrivals of one stage with a rate that changes linearly. */
const areaOf = ({ startMs, endMs, from, to }: Stage): number => ((from + to) / 2) * ((endMs - startMs) / 1000);

/** Solves from*t + slope*t^2/2 = area for t, in the form that stays exact for a slope near 0. */
function timeOfArea({ startMs, endMs, from, to }: Stage, area: number): number {
  if (area <= 0) return 0;
  const start = from / 1000;
  const slope = (to - from) / 1000 / (endMs - startMs);
  return (2 * area) / (start + Math.sqrt(Math.max(0, start * start + 2 * slope * area)));
}

/** Finer than any timer, and short in JSON. Rounds down, so that no arrival leaves its window. */
const microseconds = (ms: number): number => Math.floor(ms * 1000) / 1000;
