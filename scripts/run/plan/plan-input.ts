import type { AppliedOverlay, Target } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import type { FullConfig } from '../config/load.ts';
import type { Workload } from '../workload/read.ts';

/** All that a plan is made of. */
export interface PlanInput {
  readonly scenario: string;
  readonly profile: Profile;
  readonly config: FullConfig;
  readonly workload: Workload;
  readonly target: Target;
  /** Conversation ids of continuation strategy `fixed`. */
  readonly ids?: readonly string[];
  /** Pauses in ms of think-time law `empirical`. */
  readonly thinkTimes?: readonly number[];
  readonly contract?: AppliedOverlay;
  readonly now?: Date;
  readonly runId?: string;
  /** k6 processes that share the load; one by default. */
  readonly runners?: number | undefined;
  /** Share of the turns whose bodies are kept; without it none are. */
  readonly keepTexts?: number | undefined;
}
