import type { Sent } from '../../contracts/generated/ledger.ts';
import type { Judgement } from './judgement.ts';
import type { Settlement } from './settlement.ts';

/** A turn and what became of it; nobody keeps it, since its answer may be very long. */
export interface SettledTurn {
  /** What the ledger has of it since it left. */
  readonly sent: Sent;
  readonly settlement: Settlement;
  /** What its answer is found to be. */
  readonly judgement: Judgement;
  /** The customer left before an answer came. */
  readonly abandoned: boolean;
}
