import type { CapacityReason, CapacityWarning } from '../../../contracts/generated/capacity.ts';
import type { Inferred, Misfit } from '../likelihood/infer.ts';
import type { Odds } from '../likelihood/odds.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import type { LetThrough } from '../measure/let-through.ts';
import type { Level } from '../measure/level.ts';
import type { Posterior, Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';

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
export interface Findings {
  readonly boundary: Boundary;
  /** Why this boundary. */
  readonly reason: CapacityReason;
  readonly spent: number;
  readonly voids: number;
  readonly closed: readonly ClosedStep[];
  readonly levels: readonly Level[];
  readonly model: ServiceModel | null;
  readonly xMax: number | null;
  readonly prior: Prior | null;
  readonly posterior: Posterior | null;
  /** The service by all turns together, or why it cannot be told so. */
  readonly inferred: Inferred | Misfit | null;
  /** Whether any load reached the limit of the service: if not, it carries at least what is certified. */
  readonly isReached: boolean;
  /** Where it is not known whether any rate meets the SLO. */
  readonly odds: Odds | null;
  /** What may be promised; null where nothing may. */
  readonly certified: number | null;
  /** What a rate limiter lets through. */
  readonly threshold: LetThrough | null;
  readonly warnings: readonly CapacityWarning[];
}
