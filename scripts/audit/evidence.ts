import type { AuditTurn, UnansweredRow } from '../../contracts/generated/audit.ts';
import { type Reference, referencesIn } from '../../contracts/reference.ts';
import type { StoredConversation, StoredEvent } from '../http/stored-conversation.ts';
import type { Expectation } from './expectation.ts';
import type { LedgerConversation, LedgerTurn, RunLedger } from './run-ledger.ts';

/** All that an audit knows: what the run did, what it should have said, and what the service showed. */
export interface Evidence {
  readonly ledger: RunLedger;
  readonly expectation: Expectation;
  /** Conversations to be judged, by number. */
  readonly selected: ReadonlySet<number>;
  /** Id of each conversation, by number: from the ledger, or found in the listing. */
  readonly homes: ReadonlyMap<number, string>;
  /** Second conversations that a retried first turn began, by id: whose they are. */
  readonly strays: ReadonlyMap<string, number>;
  /** What the service showed, by id. */
  readonly stored: ReadonlyMap<string, StoredConversation>;
  /** Conversations of which nothing can be said: the service showed neither them nor the pages they may be on. */
  readonly unread: ReadonlySet<number>;
  /** Whether the conversations are from a list of ids, and so may hold what others say. */
  readonly shared: boolean;
}

/** Where an event was found. */
export interface Place {
  readonly interactionId: string;
  readonly event: StoredEvent;
}

/** Why a turn has no usable answer. */
export type Unanswered = Pick<UnansweredRow, 'what' | 'status'>;

/** Look-ups over the evidence that need all of it. */
export interface EvidenceIndex {
  /** Conversations of the run by the id under which they are stored. */
  readonly residents: ReadonlyMap<string, readonly LedgerConversation[]>;
  /** Every stored event, by id. */
  readonly places: ReadonlyMap<string, Place>;
  /** Ids of all events that answers of the run named. */
  readonly named: ReadonlySet<string>;
}

export function indexOf({ ledger, homes, strays, stored }: Evidence): EvidenceIndex {
  const residents = new Map<string, LedgerConversation[]>();
  const named = new Set<string>();
  for (const conversation of ledger.conversations.values()) {
    const home = homes.get(conversation.conversation);
    if (home !== undefined) residents.set(home, [...(residents.get(home) ?? []), conversation]);
    for (const { events } of conversation.turns) for (const { id } of events) named.add(id);
  }
  for (const [id, number] of strays) {
    const owner = ledger.conversations.get(number);
    if (owner !== undefined) residents.set(id, [...(residents.get(id) ?? []), owner]);
  }
  const places = new Map<string, Place>();
  for (const { id: interactionId, events } of stored.values()) {
    for (const event of events) if (!places.has(event.id)) places.set(event.id, { interactionId, event });
  }
  return { residents, places, named };
}

/** Whether an answer came that names what was stored. */
export const isAnswered = ({ events }: LedgerTurn): boolean => events.length > 0;

/** What became of a turn without a usable answer; undefined where it was surely not executed. */
export function unansweredAs({ outcome, status, events }: LedgerTurn): Unanswered | undefined {
  if (events.length > 0 || outcome === 'unsent') return undefined;
  if (outcome !== 'answered') return { what: outcome };
  if (status >= 400 && status < 500) return undefined;
  return status === 200 ? { what: 'unreadable' } : { what: 'error-status', status };
}

/** The turn of another conversation that an event is from, by its reference. */
export function foreignOwner({ references }: StoredEvent, own: number, run: number | undefined): AuditTurn | undefined {
  const foreign = references.find((reference) => reference.run !== run || reference.conversation !== own);
  return foreign && turnOf(foreign, run);
}

/** Whose answer a turn got, where the contract saw it when it came. */
export function seenCrossTalk({ violations }: LedgerTurn, run: number | undefined): AuditTurn | undefined {
  const violation = violations.find(({ rule }) => rule === 'cross-talk');
  if (violation === undefined || run === undefined) return undefined;
  const [foreign] = referencesIn(violation.observed.sample);
  return foreign && turnOf(foreign, run);
}

export function turnOf({ run: of, conversation, turn }: Reference, run: number | undefined): AuditTurn {
  return of === run ? { conversation, turn } : { conversation, turn, run: of.toString(36) };
}

export const turnKey = ({ conversation, turn }: Pick<AuditTurn, 'conversation' | 'turn'>): string =>
  `${conversation}/${turn}`;
