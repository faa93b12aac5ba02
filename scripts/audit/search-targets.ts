import type { Plan } from '../../contracts/generated/plan.ts';
import { isEpochMs } from '../../contracts/timestamp.ts';
import { isAnswered, unansweredAs } from './evidence.ts';
import type { Expectation } from './expectation.ts';
import type { LedgerConversation, LedgerTurn, RunLedger } from './run-ledger.ts';
import type { SearchTarget } from './search.ts';

/** How far the service's clock may be from where the ledger shows it. */
const MARGIN_MS = 5_000;
/** List conversations refuses windows over 90 days. */
const LONGEST_WINDOW_MS = 89 * 86_400_000;

/** What a conversation, or an event of it, can be found by. */
export interface ConversationTarget extends SearchTarget {
  readonly conversation: number;
}

export interface Tracker {
  /** Of a conversation whose id the run never learnt; undefined where surely nothing of it was stored. */
  readonly ofConversation: (conversation: LedgerConversation) => ConversationTarget | undefined;
  /** Of a conversation by its id, where the run began it. */
  readonly ofId: (conversation: LedgerConversation, interactionId: string) => ConversationTarget | undefined;
  /** Of the second conversation that a retried first turn may have begun; undefined where it cannot have, or cannot be told. */
  readonly ofStray: (conversation: LedgerConversation, home: string | undefined) => ConversationTarget | undefined;
  /** Of one event that is not where it should be, as if its turn had begun a conversation. */
  readonly ofEvent: (turn: LedgerTurn, eventId: string) => ConversationTarget;
}

/** Makes what to look for from the ledger; `visibleMs`: how long after its answer something may be invisible. */
export function tracker(
  { continuation }: Pick<Plan, 'continuation'>,
  ledger: RunLedger,
  expectation: Expectation,
  visibleMs: number,
): Tracker {
  const window = windows(skewOf(ledger), visibleMs);
  const prepared = new Map([...ledger.pooled.values()].map(({ interactionId, at }) => [interactionId, at]));

  return {
    ofConversation: ({ conversation, turns }) => {
      const [answered] = turns.filter(isAnswered);
      const first = answered ?? turns.find((turn) => unansweredAs(turn) !== undefined);
      if (first === undefined) return undefined;
      const known =
        expectation.run === undefined
          ? { contentHash: expectation.contentHash(conversation, first.turn) }
          : { reference: { conversation, turn: first.turn } };
      return { conversation, eventIds: first.events.map(({ id }) => id), ...known, ...window(first) };
    },
    ofId: ({ conversation, turns }, interactionId) => {
      const [first] = turns;
      if (first === undefined || continuation.strategy === 'fixed') return undefined;
      const sentAt = prepared.get(interactionId) ?? first.sentAt;
      const settledAt = Math.max(...turns.map((turn) => turn.settledAt));
      const visibleBy = first.settledAt + visibleMs;
      return { conversation, interactionId, eventIds: [], ...window({ sentAt, settledAt }), visibleBy };
    },
    ofStray: ({ conversation, turns }, home) => {
      const tries = turns.filter(({ turn }) => turn === 0);
      const silent = tries.find((turn) => unansweredAs(turn) !== undefined);
      const isFree = continuation.strategy === 'discover' || continuation.strategy === 'single';
      if (!isFree || tries.length < 2 || silent === undefined || expectation.run === undefined) return undefined;
      const until = tries.at(-1)?.settledAt ?? silent.settledAt;
      const reference = { conversation, turn: 0 };
      return { conversation, eventIds: [], reference, not: home, ...window({ ...silent, settledAt: until }) };
    },
    ofEvent: (turn, eventId) => ({ conversation: turn.conversation, eventIds: [eventId], ...window(turn) }),
  };
}

/** When to look for what was sent and settled at these times, by the service's clock. */
function windows(skew: number, visibleMs: number) {
  const now = Date.now();
  return ({ sentAt, settledAt }: Pick<LedgerTurn, 'sentAt' | 'settledAt'>) => {
    const since = sentAt + skew - MARGIN_MS;
    const until = settledAt + skew + MARGIN_MS;
    const latest = Math.max(until, Math.min(now + skew + MARGIN_MS, since + LONGEST_WINDOW_MS));
    return { since, until, latest, visibleBy: settledAt + visibleMs };
  };
}

/** How far the service's clock is ahead of this machine's: the median over the run, with the way to the service in it. */
export function skewOf({ conversations }: RunLedger): number {
  const differences = [...conversations.values()]
    .flatMap(({ turns }) => turns)
    .flatMap(({ sentAt, events: [event] }) =>
      event !== undefined && isEpochMs(event.createdAt) ? [event.createdAt - sentAt] : [],
    )
    .sort((a, b) => a - b);
  return differences[differences.length >> 1] ?? 0;
}
