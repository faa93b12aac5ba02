import { mean } from '../../foundation/statistics/moments.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import { isRefusal } from '../measure/let-through.ts';
import type { Level } from '../measure/level.ts';
import { type Rung, type RungRecord, type RungTurn, rungTurns } from '../measure/rung.ts';
import type { Slo } from '../slo.ts';
import { type Learned, NOTHING } from './learned.ts';
import { continueWith, type Ended, ended, outOfBudget, type Steps } from './step.ts';

/** What a search may send. */
export interface Grant {
  /** Most user turns that may be sent, in all. */
  readonly budget: number;
  /** Of these, what the search leaves for a confirming run; none is made where it is missing. */
  readonly reserve?: number;
  /** Nobody wants a confirming run, whatever the budget. */
  readonly unconfirmed?: true;
}

/** What decides a search; the same settings and records give the same rungs. */
export interface SearchSettings extends Grant {
  readonly slo: Slo;
  readonly seed: number;
  /** Whether the service may be brought to saturation to begin with. */
  readonly saturate: boolean;
  /** No higher rate of turns a second is tried. */
  readonly maxRate?: number;
  /** Asks the levels alone, not all turns together. */
  readonly levelsOnly?: true;
  /** Larger budgets that it was given after it had ended, one after the other. */
  readonly extensions?: readonly Extension[];
}

export interface Extension extends Grant {
  /** Turns of the confirming run before, which are spent. */
  readonly confirmed: number;
}

/** The budget that a search has by now, and what of it is for the confirming run. */
export const grantOf = (settings: SearchSettings): Grant => settings.extensions?.at(-1) ?? settings;

const MOST_REPEATS = 2;
/** An answer takes so long where no answer shows it. */
const TYPICAL_MS = 1_000;

/** What a search has seen, learned and spent so far. */
export class SearchState {
  #spent = 0;
  #budget: number;
  #extended = 0;
  #voids = 0;
  #reserved: number;
  #learned: Learned = NOTHING;
  readonly #closed: ClosedStep[] = [];
  readonly #levels: Level[] = [];
  readonly #rungs: (readonly RungTurn[])[] = [];

  constructor(readonly settings: SearchSettings) {
    this.#budget = settings.budget;
    this.#reserved = settings.reserve ?? 0;
  }

  get spent(): number {
    return this.#spent;
  }

  get voids(): number {
    return this.#voids;
  }

  get closed(): readonly ClosedStep[] {
    return this.#closed;
  }

  get levels(): readonly Level[] {
    return this.#levels;
  }

  /** The turns of every rung that counts. */
  get rungs(): readonly (readonly RungTurn[])[] {
    return this.#rungs;
  }

  get learned(): Learned {
    return this.#learned;
  }

  /** Turns that may still be sent. */
  get left(): number {
    return this.#budget - this.#reserved - this.#spent;
  }

  get budget(): number {
    return this.#budget;
  }

  /** Whether it goes on with a larger budget than it had ended with. */
  get isExtended(): boolean {
    return this.#extended > 0;
  }

  /** Takes the next of the larger budgets; false where there is none. */
  extend(): boolean {
    const extension = this.settings.extensions?.[this.#extended];
    if (extension === undefined) return false;
    this.#extended += 1;
    this.#budget = extension.budget;
    this.#reserved = extension.reserve ?? 0;
    this.#spent += extension.confirmed;
    return true;
  }

  addClosed(step: ClosedStep): void {
    this.#closed.push(step);
  }

  addLevel(level: Level): void {
    this.#levels.push(level);
  }

  learn(learned: Partial<Learned>): void {
    this.#learned = { ...this.#learned, ...learned };
  }

  /** Nothing will be confirmed: its turns are free for the search. */
  releaseReserve(): void {
    this.#reserved = 0;
  }

  /**
   * Asks for a rung until the generator has kept its schedule; what void tries cost is spent all the same. Ends the search
   * when the budget does not reach, the generator cannot, or the service refuses turns that it should not.
   */
  *perform(rung: Rung): Steps<RungRecord> {
    for (let voids = 0; ; ) {
      while (rungTurns(rung) > this.left) if (!this.extend()) return outOfBudget(this.#budget);
      const record = yield rung;
      this.#spent += record.turns.length;
      if (record.stop !== undefined) return ended('not-reached', record.stop);
      if (record.void === null) {
        if (!isExpected(rung) && record.turns.some(isRefusal)) return this.#refused(rung, record);
        this.#rungs.push(record.turns);
        return continueWith(record);
      }
      this.#voids += 1;
      if (record.void === 'late') voids += 1;
      if (voids > MOST_REPEATS) {
        return ended('not-reached', { code: 'generator-late' });
      }
    }
  }

  #refused(rung: Rung, record: RungRecord): Ended {
    const count = record.turns.filter(isRefusal).length;
    const load = rung.kind === 'open' ? { rate: rung.rate } : { concurrency: rung.concurrency };
    return {
      ...ended('rate-limiter', { code: 'refused', ...load, count, n: record.turns.length }),
      refused: { record, offered: this.#offered(rung, record) },
    };
  }

  /** Of a closed rung by what an answer takes alone: refusals are back sooner. */
  #offered(rung: Rung, { turns }: RungRecord): number {
    if (rung.kind === 'open') return rung.rate;
    const answered = turns.filter(({ outcome }) => outcome === 'answered').map(({ latencyMs }) => latencyMs);
    const alone = this.#closed[0]?.latenciesMs ?? answered;
    const meanMs = alone.length === 0 ? TYPICAL_MS : mean(alone);
    return (1000 * rung.concurrency) / Math.max(1, meanMs);
  }
}

const isExpected = (rung: Rung): boolean => rung.kind === 'open' && rung.limited === true;
