import type { Boundary, ClosedStep, Level } from './findings.ts';
import { type OpenRung, type Rung, type RungRecord, rungTurns } from './rung.ts';
import type { Slo } from './slo.ts';

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

const MOST_REPEATS = 2;
const REFUSALS = [429, 503];

/** A sub-procedure that asks for rungs. */
export type Asks<T> = Generator<Rung, T, RungRecord>;

/** What a search has seen and spent so far. */
export class Search {
  spent = 0;
  voids = 0;
  readonly closed: ClosedStep[] = [];
  readonly levels: Level[] = [];
  /** Answers a second that got through once the service began to refuse some. */
  threshold: number | null = null;

  constructor(readonly settings: SearchSettings) {}

  get left(): number {
    return this.settings.budget - (this.settings.reserve ?? 0) - this.spent;
  }

  /**
   * Asks for a rung until the generator has kept its schedule; what void tries cost is spent all the same.
   * Throws Halt when the budget does not reach, the generator cannot, or the service refuses turns.
   */
  *perform(rung: Rung): Asks<RungRecord> {
    for (let voids = 0; ; ) {
      if (rungTurns(rung) > this.left) throw new OutOfBudget(this.settings.budget);
      const record = yield rung;
      this.spent += record.turns.length;
      if (record.stop !== undefined) throw new Halt('not-reached', record.stop.reason);
      if (record.void === null) {
        this.#refuseLimited(rung, record);
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

  #refuseLimited(rung: Rung, record: RungRecord): void {
    const refused = record.turns.filter(({ status }) => REFUSALS.includes(status)).length;
    if (refused === 0) return;
    this.threshold = throughAfterRefusal(record);
    const load = rung.kind === 'open' ? `${rate(rung)} turns/s` : `${rung.concurrency} turns in flight`;
    throw new Halt(
      'rate-limiter',
      `at ${load} the service refused ${refused} of ${record.turns.length} turns (429 or 503)`,
    );
  }
}

const rate = ({ rate: it }: OpenRung): string => it.toPrecision(3);

/** Answered turns a second from the first refusal to the last turn; null where that is too short to tell. */
function throughAfterRefusal({ turns }: RungRecord): number | null {
  const first = turns.find(({ status }) => REFUSALS.includes(status));
  const last = turns.at(-1);
  if (first === undefined || last === undefined) return null;
  const through = turns.filter((turn) => turn.outcome === 'answered' && turn.atMs > first.atMs);
  const seconds = (last.atMs - first.atMs) / 1000;
  return through.length < 5 || seconds <= 0 ? null : through.length / seconds;
}
