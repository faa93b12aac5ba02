import type { EventCore } from '../../contracts/response.ts';
import type { Violation } from '../../contracts/violation.ts';

/** What an answer is found to be. */
export interface Judgement {
  readonly events: readonly EventCore[];
  readonly violations: readonly Violation[];
  readonly form?: string | undefined;
  /** Whether the schema accepts the events. */
  readonly isValid: boolean;
}
