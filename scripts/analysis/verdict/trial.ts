import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Measurements } from '../metrics/measure.ts';
import type { RunFacts } from '../metrics/run-facts.ts';

/** A run as it was planned and as it went. */
export interface Trial {
  readonly plan: Plan;
  readonly run: RunFacts;
  /** Lines of the ledger that are no ledger lines. */
  readonly damaged: number;
  readonly measurements: Measurements;
}
