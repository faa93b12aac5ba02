import type { Inferred, Misfit } from '../likelihood/infer.ts';
import type { Odds } from '../likelihood/odds.ts';
import type { LetThrough } from '../measure/let-through.ts';
import type { Posterior, Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';

/** What a search has concluded from its rungs so far; null until it has. */
export interface Learned {
  readonly model: ServiceModel | null;
  readonly xMax: number | null;
  readonly prior: Prior | null;
  readonly posterior: Posterior | null;
  /** The service, by all turns together, or why that cannot be told; null before. */
  readonly inferred: Inferred | Misfit | null;
  /** Whether any load reached the limit of the service: if not, it carries at least what is believed. */
  readonly isReached: boolean;
  /** Where it is not known whether any rate meets the SLO. */
  readonly odds: Odds | null;
  /** What gets through once the service has begun to refuse turns. */
  readonly threshold: LetThrough | null;
}

export const NOTHING: Learned = {
  model: null,
  xMax: null,
  prior: null,
  posterior: null,
  inferred: null,
  isReached: true,
  odds: null,
  threshold: null,
};
