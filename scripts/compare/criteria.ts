/** When a difference counts. */
export interface Criteria {
  /** A slowdown below this share is none that matters: 0.03. */
  readonly effect: number;
  /** No regression: p95 is surely not slower by this share: 0.1. */
  readonly tolerance: number;
  /** Errors that a candidate may have, whatever the baseline had: 0.01. */
  readonly errors: number;
}

export const CRITERIA: Criteria = { effect: 0.03, tolerance: 0.1, errors: 0.01 };
