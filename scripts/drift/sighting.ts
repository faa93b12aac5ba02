import type { TurnResponse } from '../../contracts/answer.ts';
import { observe } from '../../contracts/breach.ts';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Chain, Step } from '../../contracts/generated/drift-plan.ts';
import type { Expected, Observed, ViolationClass } from '../../contracts/violation.ts';

/** A request of the plan and its answer. */
export interface Probe {
  /** Position in the ledger. */
  readonly index: number;
  readonly chain: Chain;
  readonly step: Step;
  readonly operation: Step['operation'];
  readonly exchange: Exchange;
  readonly response: TurnResponse;
}

/** One breach that one exchange shows. */
export interface Sighting {
  readonly rule: string;
  readonly class: ViolationClass;
  readonly notice: boolean;
  readonly why: string;
  readonly location: string;
  readonly template: string;
  readonly expected: Expected;
  readonly observed: Observed;
  readonly probe: Probe;
}

/** Sightings of one change. */
export interface Group {
  readonly key: string;
  readonly sightings: Sighting[];
}

/** A promise that only probes can test. */
export interface DriftRule {
  readonly id: string;
  readonly class: ViolationClass;
  readonly why: string;
  readonly notice?: boolean;
}

/** What a judge saw. */
interface Seen {
  readonly rule: DriftRule;
  /** The exchange that shows it. */
  readonly probe: Probe;
  /** A pointer without its `#`: into the answer, or into what the check as a whole shows. */
  readonly place: string;
  /** Where it is not the place with a star for each index. */
  readonly template?: string;
  readonly expected: Expected;
  readonly value?: unknown;
}

/** The sighting of a drift rule. */
export function sighting({ rule, probe, place, template = templateOf(place), expected, value }: Seen): Sighting {
  const { id, class: cls, why, notice = false } = rule;
  return {
    rule: id,
    class: cls,
    notice,
    why,
    location: `#${place}`,
    template: `#${template}`,
    expected,
    observed: observe(value),
    probe,
  };
}

/** A place with its indices folded to a star; a status is no index. */
function templateOf(place: string): string {
  const [head = ''] = /^\/responses\/[^/]+/.exec(place) ?? [];
  return head + place.slice(head.length).replace(/\/\d+(?=\/|$)/g, '/*');
}
