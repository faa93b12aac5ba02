import { mean } from '../../foundation/statistics/moments.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import { isRefusal, type LetThrough } from '../measure/let-through.ts';
import type { Level } from '../measure/level.ts';
import { type OpenRung, type Rung, type RungRecord, rungTurns } from '../measure/rung.ts';
import type { Slo } from '../slo.ts';
import type { Boundary } from './findings.ts';

/** What decides a search; the same settings and records give the same rungs. */
export interface SearchSettings {
  readonly slo: Slo;
  readonly seed: number;
  /** Most user turns that may be sent, in all. */
  readonly budget: number;
  /** Of these, what the search leaves for a confirming run; none is made where it is missing. */
  readonly reserve?: number;
  /** Whether the service may be brought to saturation to begin with. */
  readonly saturate: boolean;
  /** No higher rate of turns a second is tried. */
  readonly maxRate?: number;
}

/** The search is over before its end; thrown through its generator and caught at its top. */
export class Halt {
  constructor(
    readonly boundary: Boundary,
    readonly reason: string,
  ) {}
}

/** What is left of the budget does not reach for a rung; what was seen until then may be enough for an answer. */
export class OutOfBudget extends Halt {
  constructor(budget: number) {
    super('not-reached', `the budget of ${budget} turns is spent`);
  }
}

/** The service refuses turns: it is a limiter that ends the search, not what answers cost. */
export class Refused extends Halt {
  constructor(
    rung: Rung,
    readonly record: RungRecord,
    /** About how many turns a second were offered. */
    readonly offered: number,
  ) {
    const refused = record.turns.filter(isRefusal).length;
    const load = rung.kind === 'open' ? `${rate(rung)} turns/s` : `${rung.concurrency} turns in flight`;
    super('rate-limiter', `at ${load} the service refused ${refused} of ${record.turns.length} turns (429 or 503)`);
  }
}

const MOST_REPEATS = 2;
/** An answer takes so long where no answer shows it. */
const TYPICAL_MS = 1_000;

/** A sub-procedure that asks for rungs. */
export type Asks<T> = Generator<Rung, T, RungRecord>;

/** What a search has seen and spent so far. */
export class Search {
  spent = 0;
  voids = 0;
  readonly closed: ClosedStep[] = [];
  readonly levels: Level[] = [];
  /** What gets through once the service has begun to refuse turns. */
  threshold: LetThrough | null = null;

  /** Turns of the budget that are left for a confirming run. */
  reserved: number;

  constructor(readonly settings: SearchSettings) {
    this.reserved = settings.reserve ?? 0;
  }

  get left(): number {
    return this.settings.budget - this.reserved - this.spent;
  }

  /**
   * Asks for a rung until the generator has kept its schedule; what void tries cost is spent all the same.
   * Throws Halt when the budget does not reach, the generator cannot, or the service refuses turns that it should not.
   */
  *perform(rung: Rung): Asks<RungRecord> {
    for (let voids = 0; ; ) {
      if (rungTurns(rung) > this.left) throw new OutOfBudget(this.settings.budget);
      const record = yield rung;
      this.spent += record.turns.length;
      if (record.stop !== undefined) throw new Halt('not-reached', record.stop.reason);
      if (record.void === null) {
        if (!isExpected(rung) && record.turns.some(isRefusal))
          throw new Refused(rung, record, this.#offered(rung, record));
        return record;
      }
      this.voids += 1;
      if (record.void === 'late') voids += 1;
      if (voids > MOST_REPEATS) {
        throw new Halt(
          'not-reached',
          'this machine cannot start turns on time at the rate that is needed: use a faster or quieter one',
        );
      }
    }
  }

  /** Of a closed rung by what an answer takes alone: refusals are back sooner. */
  #offered(rung: Rung, { turns }: RungRecord): number {
    if (rung.kind === 'open') return rung.rate;
    const answered = turns.filter(({ outcome }) => outcome === 'answered').map(({ latencyMs }) => latencyMs);
    const alone = this.closed[0]?.latenciesMs ?? answered;
    const meanMs = alone.length === 0 ? TYPICAL_MS : mean(alone);
    return (1000 * rung.concurrency) / Math.max(1, meanMs);
  }
}

const isExpected = (rung: Rung): boolean => rung.kind === 'open' && rung.limited === true;
const rate = ({ rate: it }: OpenRung): string => it.toPrecision(3);
