import type { TurnResponse } from '../../contracts/answer.ts';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Chain, Step } from '../../contracts/generated/drift-plan.ts';
import type { Expected, Observed, ViolationClass } from '../../contracts/violation.ts';

/** A request of the plan and its answer. */
export interface Probe {
  /** Position in the ledger. */
  readonly index: number;
  readonly chain: Chain;
  readonly step: Step;
  readonly operation: Step['operation'];
  readonly exchange: Exchange;
  readonly response: TurnResponse;
}

/** One breach that one exchange shows. */
export interface Sighting {
  readonly rule: string;
  readonly class: ViolationClass;
  readonly notice: boolean;
  readonly why: string;
  readonly location: string;
  readonly template: string;
  readonly expected: Expected;
  readonly observed: Observed;
  readonly probe: Probe;
}

/** A promise that only probes can test. */
export interface DriftRule {
  readonly id: string;
  readonly class: ViolationClass;
  readonly why: string;
  readonly notice?: boolean;
}
