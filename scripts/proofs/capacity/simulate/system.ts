import type { Random } from '../../../../contracts/random.ts';

/** A service whose law is known. */
export interface System {
  readonly name: string;
  /** The SLO that its capacity is told for. */
  readonly slo: string;
  /** Turns per second at which exactly the SLO's share of turns is bad. */
  readonly truth: number;
  readonly tuned: boolean;
  readonly kind: 'queue' | 'sharing' | 'breaking' | 'routed';
  /** Turns served at once. */
  readonly servers: number;
  /** Sharing: how fast each of so many turns in service goes, 1 being alone. */
  readonly speed: (inService: number) => number;
  /** Breaking: a turn that finds so many in flight takes that many times as long, and so do all in the `staysMs` after it. */
  readonly breaks?: { readonly concurrency: number; readonly factor: number; readonly staysMs: number };
  /** Queue: the status that refuses a turn arriving then; undefined where it is let through. */
  readonly refuses?: (atMs: number) => number | undefined;
  /** Draws one service time in ms. */
  readonly service: (draw: Random) => number;
}
