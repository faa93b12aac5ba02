import type { CapacityReason, CapacityWarning } from '../../../contracts/generated/capacity.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import type { Level } from '../measure/level.ts';
import type { Learned } from './learned.ts';

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

/** Everything that a search found. */
export interface Findings extends Learned {
  readonly boundary: Boundary;
  /** Why this boundary. */
  readonly reason: CapacityReason;
  readonly spent: number;
  readonly voids: number;
  readonly closed: readonly ClosedStep[];
  readonly levels: readonly Level[];
  /** What may be promised; null where nothing may. */
  readonly certified: number | null;
  readonly warnings: readonly CapacityWarning[];
}
