import type { Role, Settled } from '../../contracts/generated/ledger.ts';
import type { EventCore } from '../../contracts/response.ts';

/** What a conversation is found by: the first event that an answer created, and the time of the latest one. */
export interface FirstEvent extends Pick<EventCore, 'id' | 'createdAt'> {
  readonly latestAt: number;
}

/** A turn and what became of it. */
export interface SettledTurn {
  /** What the ledger has of it. */
  readonly line: Readonly<Settled>;
  readonly role: Role;
  readonly intendedAt: number;
  readonly sentAt: number;
  /** The customer left before an answer came. */
  readonly abandoned: boolean;
  /** Undefined where the answer was no valid event array. Never the whole event: its text may be very long. */
  readonly first: FirstEvent | undefined;
}
