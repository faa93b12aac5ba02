import type { BreakPoint } from './break-point.ts';
import type { LetThrough } from './let-through.ts';
import type { Posterior, Prior } from './posterior.ts';
import type { OpenRung } from './rung.ts';
import type { ServiceModel } from './service-model.ts';
import type { Steadiness } from './steadiness.ts';

/** What kind of answer a search ends with. */
export type Boundary =
  | 'smooth'
  | 'cliff'
  | 'rate-limiter'
  | 'ill-posed'
  | 'not-reached'
  | 'infeasible'
  | 'drifting'
  | 'unstable';

/** A rung of the closed model: what saturates the service, and how long an answer takes before that. */
export interface ClosedStep {
  readonly concurrency: number;
  readonly n: number;
  /** Answers a second, without the start and the drain of the loop. */
  readonly throughput: number;
  readonly errors: number;
  readonly latenciesMs: readonly number[];
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

export interface Tally {
  readonly n: number;
  readonly bad: number;
}

/** Everything that a search found. */
export interface Findings {
  readonly boundary: Boundary;
  /** One sentence: why this boundary. */
  readonly reason: string;
  readonly spent: number;
  readonly voids: number;
  readonly closed: readonly ClosedStep[];
  readonly levels: readonly Level[];
  readonly model: ServiceModel | null;
  readonly xMax: number | null;
  readonly prior: Prior | null;
  readonly posterior: Posterior | null;
  /** What may be promised; null where nothing may. */
  readonly certified: number | null;
  /** What a rate limiter lets through. */
  readonly threshold: LetThrough | null;
  readonly warnings: readonly string[];
}
