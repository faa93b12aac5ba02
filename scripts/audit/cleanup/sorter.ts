import type { Plan } from '../../../contracts/generated/plan.ts';
import { POOL_CONTENT } from '../../../contracts/pool-content.ts';
import { messageHash, type StoredConversation } from '../../http/stored-conversation.ts';
import { expectationOf } from '../expectation.ts';
import { namedEvents } from '../named-events.ts';
import type { RunLedger } from '../run-ledger.ts';

/** Rules that an answer to somebody else's turn breaks. */
const MIXED_UP = ['cross-talk', 'echo-mismatch'];

/** The run whose conversations are removed. */
export interface Run {
  readonly plan: Plan;
  readonly ledger: RunLedger;
  /** Hashes of other runs that have been cleaned up, and so name nothing any more. */
  readonly cleaned: ReadonlySet<number>;
}

export interface Sorter {
  readonly own: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
  /** Puts a conversation of the service where it belongs; one that neither begins with the run nor is named is left out. */
  readonly place: (conversation: StoredConversation) => void;
  readonly isPlaced: (id: string) => boolean;
  /** How many began with the run. */
  readonly ofRun: () => number;
}

/** Sorts conversations of the service by whose they are; `named` are the ids of the ledger. */
export function sorter(run: Run, named: ReadonlySet<string>): Sorter {
  const isOwn = ownership(run);
  const isShared = sharing(run);
  const [own, shared, foreign] = [new Set<string>(), new Set<string>(), new Set<string>()];
  return {
    own,
    shared,
    foreign,
    place: (conversation) => {
      const { id, events } = conversation;
      if (isOwn(conversation)) (isShared(conversation) ? shared : own).add(id);
      else if (named.has(id)) (events.length === 0 ? own : foreign).add(id);
    },
    isPlaced: (id) => own.has(id) || shared.has(id) || foreign.has(id),
    ofRun: () => own.size + shared.size,
  };
}

/**
 * Whether others have continued a conversation: a run that has not been cleaned up, by its references; or a user who says,
 * without a reference, what this run never did. What an answer to this run named is its own, whatever became of the text.
 */
function sharing({ plan, ledger, cleaned }: Run): (conversation: StoredConversation) => boolean {
  const { run, contentHash } = expectationOf(plan);
  const turns = [...ledger.conversations.values()].flatMap((conversation) => conversation.turns);
  const said = new Set(turns.map(({ conversation, turn }) => contentHash(conversation, turn)));
  const named = new Set(run === undefined ? [] : turns.flatMap(({ events }) => events.map(({ id }) => id)));
  return ({ events }) =>
    events.some(({ id, role, hash, references }) => {
      if (role === 'finibot') return false;
      if (references.some((reference) => reference.run !== run && !cleaned.has(reference.run))) return true;
      return role === 'user' && references.length === 0 && !said.has(hash) && !named.has(id);
    });
}

/** Whether a conversation begins with something that the run said; or, where that was lost, holds only replies that the run got. */
function ownership({ plan, ledger }: Run): (conversation: StoredConversation) => boolean {
  const { run, contentHash } = expectationOf(plan);
  const { conversations, pooled } = ledger;
  const prepared = messageHash(POOL_CONTENT);
  const said = new Map<string, string | undefined>();
  const named = new Set<string>();
  for (const conversation of conversations.values()) {
    for (const [id, { turn, index }] of namedEvents(conversation)) {
      if (turn.violations.some(({ rule }) => MIXED_UP.includes(rule))) continue;
      named.add(id);
      if (index === 0) said.set(id, contentHash(turn.conversation, turn.turn));
    }
  }
  return ({ events }) => {
    const [first] = events;
    if (first === undefined) return false;
    if (pooled.has(first.id) && first.hash === prepared) return true;
    if (events.every(({ id, role }) => role === 'finibot' && named.has(id))) return true;
    if (run === undefined) return said.get(first.id) === first.hash;
    return first.role !== 'finibot' && first.references.some((reference) => reference.run === run);
  };
}
