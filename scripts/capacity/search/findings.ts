import type { Little } from '../../../contracts/generated/result.ts';
import type { LetThrough } from '../measure/let-through.ts';
import type { OpenRung } from '../measure/rung.ts';

/** What a level showed: of `n` turns at `rate` turns a second `bad` were bad, worth `n / inflation` independent ones. */
export interface Evidence {
  readonly rate: number;
  readonly n: number;
  readonly bad: number;
  readonly inflation: number;
  /** Logit of the share of bad turns of so short a level, less the logit of what the rate shows for ever. */
  readonly bias: number;
}

export interface Prior {
  /** Turns a second at which the service is thought to meet its limit exactly. */
  readonly rate: number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** No higher rate is possible. */
  readonly most: number;
  /** What an idle service showed: some turns are bad at any rate. */
  readonly idle: Tally;
  /** How bad turns grow with the rate, by the model; the service may be steeper or flatter. */
  readonly growth: Growth;
}

/** What is believed of the highest rate that meets the SLO, in turns a second. */
export interface Posterior {
  readonly quantile: (share: number) => number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** Share of bad turns at a rate: its quantile over what is believed. */
  readonly badAt: (rate: number, share: number) => number;
}

/** The service as a queue: so many answers at once, first come first served, service times as measured. It only plans; it decides nothing. */
export interface ServiceModel {
  readonly servers: number;
  /** Unloaded answer times in ms. */
  readonly services: readonly number[];
  readonly limitMs: number;
  readonly seed: number;
  /** Its servers are a guess from one rate, not measured. */
  readonly guessed?: boolean;
}

/**
 * How the share of turns that the load makes bad grows: its logit at `from + i * step` of the logarithm of rate over
 * capacity, less that at the capacity.
 */
export interface Growth {
  readonly from: number;
  readonly step: number;
  readonly logits: Float64Array;
  /** Of the logit, at the capacity. */
  readonly slope: number;
}

/** Whether a level was in a steady state, and whether its own numbers fit each other. */
export interface Steadiness {
  /** Share of the counting turns that MSER-5 would cut off as warm-up; above 0.4 there is no steady state. Null: too few. */
  readonly mser: number | null;
  /** Little's law; null where the level ended early, since the turns in flight were cut. */
  readonly little: Little | null;
  /** Turns a second by which those in flight grew, by least squares. */
  readonly inFlightSlope: number;
}

/** So many turns in flight from which on answers suddenly take much longer. */
export interface BreakPoint {
  readonly inFlight: number;
  /** How many times as long, at least: turns that were given up count as what they had waited. */
  readonly factor: number;
}

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
