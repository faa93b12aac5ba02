import type { Answer } from '../answer.ts';
import type { Breach } from '../breach.ts';
import type { ViolationClass } from '../violation.ts';

/** One promise of the contract that an answer can break. Pure data and one pure function. */
export interface Rule {
  /** Stable over versions. */
  readonly id: string;
  readonly class: ViolationClass;
  /** Why it is a promise, in a sentence or two: docs/contract.md shows it. */
  readonly why: string;
  /** Shown, and never a reason to fail: it says more of the harness than of the service. */
  readonly notice?: boolean;
  /** Rules earlier in the table whose breach explains a breach of this one: one change, one violation. */
  readonly unless?: readonly string[];
  readonly find: (answer: Answer) => Breach | readonly Breach[] | undefined;
}
