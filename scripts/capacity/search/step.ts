import type { CapacityReason } from '../../../contracts/generated/capacity.ts';
import type { Rung, RungRecord } from '../measure/rung.ts';
import type { Boundary } from './findings.ts';

/** A step that found what it was for. */
export interface Continue<T> {
  readonly kind: 'continue';
  readonly value: T;
}

/** A step after which the search cannot go on. */
export interface Ended {
  readonly kind: 'ended';
  readonly boundary: Boundary;
  /** Why this boundary. */
  readonly reason: CapacityReason;
  /** What is left of the budget does not reach for a rung; what was seen until then may be enough for an answer. */
  readonly isOutOfBudget?: true;
  /** The service refuses turns: a limiter ends the search, not what answers cost. */
  readonly refused?: Refused;
}

/** A rung of which turns were refused. */
export interface Refused {
  readonly record: RungRecord;
  /** About how many turns a second were offered. */
  readonly offered: number;
}

/** A part of a search: asks for rungs, takes their records, and says whether the search goes on. */
export type Steps<T> = Generator<Rung, Continue<T> | Ended, RungRecord>;

export const continueWith = <T>(value: T): Continue<T> => ({ kind: 'continue', value });

export const ended = (boundary: Boundary, reason: CapacityReason): Ended => ({ kind: 'ended', boundary, reason });

export const outOfBudget = (budget: number): Ended => ({
  ...ended('not-reached', { code: 'budget-spent', budget }),
  isOutOfBudget: true,
});
