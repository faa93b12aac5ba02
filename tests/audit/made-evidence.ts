import type { LedgerEvent } from '../../contracts/generated/ledger.ts';
import { runHash } from '../../contracts/reference.ts';
import type { Evidence } from '../../scripts/audit/evidence.ts';
import type { LedgerConversation, LedgerTurn } from '../../scripts/audit/run-ledger.ts';
import type { StoredConversation, StoredEvent } from '../../scripts/http/stored-conversation.ts';

export const RUN = runHash('run');
export const contentHash = (conversation: number, turn: number): string => `content-${conversation}-${turn}`;
const ref = (conversation: number, turn: number) => ({ run: RUN, conversation, turn });

/** The events of an answered user turn, as its answer named them and as a faithful service stores them. */
export function answered(conversation: number, turn: number): { named: LedgerEvent[]; stored: StoredEvent[] } {
  const at = 1_000_000 * conversation + 1_000 * turn;
  const name = `${conversation}-${turn}`;
  return {
    named: [
      { id: `u${name}`, role: 'user', createdAt: at, chars: 1 },
      { id: `r${name}`, role: 'finibot', createdAt: at + 1, chars: 1, hash: `reply-${name}` },
    ],
    stored: [
      {
        id: `u${name}`,
        role: 'user',
        createdAt: at,
        hash: contentHash(conversation, turn),
        references: [ref(conversation, turn)],
      },
      { id: `r${name}`, role: 'finibot', createdAt: at + 1, hash: `reply-${name}`, references: [] },
    ],
  };
}

export interface Made {
  readonly turns: LedgerTurn[][];
  /** Stored events of conversation n, under the id `home-n`. */
  readonly stored: StoredEvent[][];
}

/** So many conversations of so many answered user turns, all stored as they should be. */
export function made(conversations: number, turns: number): Made {
  const numbers = Array.from({ length: conversations }, (_, number) => number);
  const steps = Array.from({ length: turns }, (_, turn) => turn);
  return {
    turns: numbers.map((conversation) =>
      steps.map((turn) => ({
        conversation,
        turn,
        attempt: 0,
        role: 'user',
        sentAt: 1_000 * turn,
        settledAt: 1_000 * turn + 500,
        outcome: 'answered',
        status: 200,
        events: answered(conversation, turn).named,
        violations: [],
      })),
    ),
    stored: numbers.map((conversation) => steps.flatMap((turn) => answered(conversation, turn).stored)),
  };
}

export function evidenceOf({ turns, stored }: Made, over: Partial<Evidence> = {}): Evidence {
  const home = (conversation: number): string => `home-${conversation}`;
  const conversations = turns.map((list, conversation): [number, LedgerConversation] => [
    conversation,
    { conversation, interactionId: home(conversation), turns: list },
  ]);
  return {
    ledger: { conversations: new Map(conversations), pooled: new Map() },
    expectation: { run: RUN, contentHash },
    selected: new Set(turns.keys()),
    homes: new Map(turns.map((_, conversation) => [conversation, home(conversation)])),
    strays: new Map(),
    stored: new Map(
      stored.map((events, number): [string, StoredConversation] => [home(number), { id: home(number), events }]),
    ),
    unread: new Set(),
    shared: false,
    ...over,
  };
}
