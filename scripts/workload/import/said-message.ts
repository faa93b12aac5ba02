import type { ArrivalsWarning } from '../../../contracts/generated/arrivals.ts';
import type { Role } from '../../../contracts/generated/ledger.ts';

/** Told of what is wrong with a file as a whole. */
export type Note = (warning: ArrivalsWarning) => void;

/** One message of a conversation, as a file has it. */
export interface SaidMessage {
  readonly conversation: string;
  /** Epoch ms. */
  readonly at: number;
  readonly role: Role;
  readonly chars: number;
  /** Absent where the file has lengths alone. */
  readonly text?: string;
  /** Absent where it has to be found in the text. */
  readonly language?: string;
  /** What the sender tells of the customer: none of it may stay in a text. */
  readonly attributes?: unknown;
}
