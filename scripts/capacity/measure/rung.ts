import type { StatusEnd } from '../../../contracts/generated/capacity.ts';
/** So many turns in flight at any time, one follows the other, until `turns` were sent. */
export interface ClosedRung {
  readonly kind: 'closed';
  readonly concurrency: number;
  readonly turns: number;
}

/** Turns that arrive at their own times. The first `jumpStart` come at once, to bring the service to its level, and do not count. */
export interface OpenRung {
  readonly kind: 'open';
  /** Turns per second that the arrivals are drawn for. */
  readonly rate: number;
  readonly jumpStart: number;
  /** Intended starts in ms, ascending from 0, those of the jump start included. */
  readonly arrivals: readonly number[];
  /** How many of the first arrivals do not count: the jump start, and a tenth of the others. */
  readonly skip: number;
  /** Sent to see what a limiter lets through: refusals are what it is for, and end nothing. */
  readonly limited?: true;
}

/** One step of a search: one run of k6, or of a simulation. */
export type Rung = ClosedRung | OpenRung;

/** A user turn of a rung; times in ms. */
export interface RungTurn {
  /** Intended start from time zero of the rung (closed rung: when it was sent). */
  readonly atMs: number;
  /** From the intended start to the answer, or how long no answer was there. */
  readonly latencyMs: number;
  /** `unknown`: cut while it could still have met the limit. */
  readonly outcome: 'answered' | 'failed' | 'unknown';
  /** 0 without an answer. */
  readonly status: number;
  /** When it settled by the generator's time stamps, which are a clock of their own; missing where no line says so. */
  readonly settledMs?: number;
}

/** What became of a rung. */
export interface RungRecord {
  /** In the order of their intended starts. */
  readonly turns: readonly RungTurn[];
  /** Share of turns that the generator started late. */
  readonly lateShare: number;
  /** The generator did not keep its schedule, or the rung was interrupted: its turns cost, and say nothing. */
  readonly void: 'late' | 'interrupted' | null;
  /** Ended early because enough turns were bad. */
  readonly aborted: boolean;
  /** Why the search cannot go on: the key is refused, the service fails or asks to stay away. */
  readonly stop?: Stop;
}

/** What ends a search from outside. */
export type Stop = StatusEnd | { readonly code: 'unreachable' | 'interrupted' };

export const INTERRUPTED: Stop = { code: 'interrupted' };

/** Whether a rung is held against the SLO: enough bad turns end it early, and a late generator voids it. */
export const isLevel = (rung: Rung): rung is OpenRung => rung.kind === 'open' && rung.limited !== true;

export const rungTurns = (rung: Rung): number => (rung.kind === 'open' ? rung.arrivals.length : rung.turns);

/** A level that is this bad after this many turns needs no more of them. */
const ABORT_SHARE = 0.4;
export const ABORT_LEAST = 60;

/** Counts the counting turns of an open rung as they settle; tells once enough of them are bad. */
export class LevelWatch {
  #settled = 0;
  #bad = 0;

  /** Notes a turn; true when the rung can end. */
  settle(isBad: boolean): boolean {
    this.#settled += 1;
    if (isBad) this.#bad += 1;
    return this.#settled >= ABORT_LEAST && this.#bad >= ABORT_SHARE * this.#settled;
  }
}
