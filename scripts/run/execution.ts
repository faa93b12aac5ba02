import type { Plan } from '../../contracts/generated/plan.ts';
import type { K6 } from '../k6/provision.ts';
import type { RunFolder } from '../ledger/run-folder.ts';
import type { Service } from './service.ts';

/** One run of k6; the plan's target is the service's. */
export interface Execution {
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly k6: K6;
  readonly service: Service;
  /** What stands after `--`, for k6. */
  readonly k6Args: readonly string[];
  /** No live progress. */
  readonly quiet: boolean;
}
