import type { LedgerEvent, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { EventCore } from '../../contracts/response.ts';
import { cut } from '../../contracts/unicode.ts';
import type { Violation } from '../../contracts/violation.ts';
import type { Judgement } from './judgement.ts';
import type { Settlement } from './settlement.ts';

/** An answer has two events, and their ids are short; of anything else the ledger keeps no more than shows it. */
export const MOST_EVENTS = 20;
const LONGEST_ID = 100;

/** Of a reply's text, so that an audit can tell whether what is stored is what was answered. */
export type HashOf = (message: string) => string;

/** The ledger's line of a turn that is settled, in the order of its schema. */
export function settledLine(
  { conversation, turn, attempt, lane }: Sent,
  settlement: Settlement,
  { events, violations, form }: Judgement,
  hashOf: HashOf,
): Settled {
  // With a project's own schema every turn comes here: spreading and lists of calls cost k6 several times as much.
  const line = { kind: 'settled', conversation, turn, attempt, lane } as Settled;
  Object.assign(line, settlement);
  if (form !== undefined) line.form = form;
  line.events = ledgerEvents(events, hashOf);
  line.violations = violations as Violation[];
  return line;
}

/** The first event is what the customer said, of which the length is enough. */
function ledgerEvents(events: readonly EventCore[], hashOf: HashOf): LedgerEvent[] {
  const kept: LedgerEvent[] = [];
  for (let index = 0; index < events.length && index < MOST_EVENTS; index++) {
    const { id, role, createdAt, message } = events[index] as EventCore;
    const event: LedgerEvent = {
      id: id.length > LONGEST_ID ? cut(id, LONGEST_ID) : id,
      role: role.length > LONGEST_ID ? cut(role, LONGEST_ID) : role,
      createdAt,
      chars: message.length,
    };
    if (index > 0) event.hash = hashOf(message);
    kept[index] = event;
  }
  return kept;
}
