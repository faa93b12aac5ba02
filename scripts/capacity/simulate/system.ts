import type { Random } from '../../../contracts/random.ts';

/** A service whose law is known. */
export interface System {
  readonly name: string;
  /** The SLO that its capacity is told for. */
  readonly slo: string;
  /** Turns a second at which exactly the SLO's share of turns is bad. */
  readonly truth: number;
  readonly tuned: boolean;
  readonly kind: 'queue' | 'sharing';
  /** Turns served at once; of no meaning to sharing. */
  readonly servers: number;
  /** Sharing: how much each further turn in flight slows all of them. */
  readonly slowdown: number;
  /** Draws one service time in ms. */
  readonly service: (draw: Random) => number;
}
