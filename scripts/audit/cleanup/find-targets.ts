import pMap from 'p-map';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { POOL_CONTENT } from '../../../contracts/pool-content.ts';
import { type ApiClient, UNKNOWN_ID } from '../../http/api-client.ts';
import { eachPage } from '../../http/each-page.ts';
import { messageHash, type StoredConversation, storedConversation } from '../../http/stored-conversation.ts';
import { unansweredAs } from '../evidence.ts';
import { expectationOf } from '../expectation.ts';
import { namedEvents } from '../named-events.ts';
import type { RunLedger } from '../run-ledger.ts';
import { skewOf } from '../search-targets.ts';

/** What of a run can be removed, by conversation id. */
export interface CleanupTargets {
  /** Shown by the service, and begun by this run. */
  readonly own: readonly string[];
  /** Named by the ledger, but the service knows them no more. */
  readonly gone: readonly string[];
  /** Named by the ledger, but somebody else's message comes first: never removed. */
  readonly foreign: readonly string[];
  /** Begun by this run, and continued by others, whose runs still name them: not removed. */
  readonly shared: readonly string[];
  /** Named by the ledger, but the service did not show them, so that nobody knows whose they are. */
  readonly unseen: readonly string[];
  /** Conversations that may exist, and that nothing tells from a customer's. */
  readonly untraceable: number;
  /** Whether the listing could be read to its end. */
  readonly whole: boolean;
}

const MARGIN_MS = 10_000;
/** A reply may come long after its client has gone, and moves its conversation to its time. */
const LATE_MS = 600_000;
/** Source of the conversations that turns of the public API begin. */
const SOURCE = 'api';
/** Rules that an answer to somebody else's turn breaks. */
const MIXED_UP = ['cross-talk', 'echo-mismatch'];

interface Sources {
  readonly plan: Plan;
  readonly ledger: RunLedger;
  readonly client: ApiClient;
  readonly concurrency: number;
  /** Ids that an earlier clean-up removed. */
  readonly removed: ReadonlySet<string>;
  /** Hashes of other runs that have been cleaned up, and so name nothing any more. */
  readonly cleaned: ReadonlySet<number>;
}

/**
 * Finds the conversations that a run has begun: one sweep of the listing over the time of the run, and a look at each
 * id of the ledger that it did not show. An id alone proves nothing, since a service may mix answers up or resolve a turn
 * to a customer's conversation: a conversation is the run's where its first message is.
 */
export async function findTargets(sources: Sources): Promise<CleanupTargets> {
  const { plan, ledger, client, concurrency, removed } = sources;
  const named = new Set(idsOf(ledger).filter((id) => !removed.has(id)));
  const isOwn = ownership(plan, ledger);
  const isShared = sharing(sources);
  const [own, shared, foreign] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const place = (conversation: StoredConversation): void => {
    const { id, events } = conversation;
    if (isOwn(conversation)) (isShared(conversation) ? shared : own).add(id);
    else if (named.has(id)) (events.length === 0 ? own : foreign).add(id);
  };
  const window = windowOf(ledger);
  let pages = 0;
  const shown = new Set<string>();
  const sweep = async (filter: { readonly source?: string }): Promise<boolean> => {
    const query = window && { ...window, agentId: plan.target.botId, ...filter };
    return (
      query === undefined ||
      eachPage(client, query, (conversations) => {
        pages += 1;
        for (const conversation of conversations) {
          shown.add(conversation.id);
          place(conversation);
        }
        return false;
      })
    );
  };
  const swept = await sweep({ source: SOURCE });
  const listed = own.size + shared.size;
  const gone: string[] = [];
  const unseen: string[] = [];
  const listable = new Set<string>();
  const look = async (id: string): Promise<void> => {
    const { status, body } = await client.getConversation(id);
    const conversation = status === 200 ? storedConversation(body) : undefined;
    if (conversation?.id === id) {
      place(conversation);
      if (own.has(id) && isWithin(conversation, window)) listable.add(id);
    } else if (UNKNOWN_ID.includes(status)) gone.push(id);
    else unseen.push(id);
  };
  const settled = new Set([...own, ...shared, ...foreign]);
  await pMap(
    [...named].filter((id) => !settled.has(id)),
    look,
    { concurrency },
  );
  // Where it listed nothing of the run, or not what Get shows, the service calls the source otherwise.
  const isComplete = listed > 0 && own.size + shared.size === listed;
  // A listing that went on for ever goes on for ever without the filter, too.
  const isEndless = !swept && pages > 0;
  const read = isComplete || isEndless ? swept : await sweep({});
  // A listing without what Get shows may lack others, too, whose ids nobody knows.
  const whole = read && [...listable].every((id) => shown.has(id));
  const sets = { own: [...own], foreign: [...foreign], shared: [...shared] };
  return { ...sets, gone, unseen, untraceable: untraceable(plan, ledger), whole };
}

/**
 * Whether others have continued a conversation: a run that has not been cleaned up, by its references; or a user who says,
 * without a reference, what this run never did. What an answer to this run named is its own, whatever became of the text.
 */
function sharing({ plan, ledger, cleaned }: Sources): (conversation: StoredConversation) => boolean {
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

/** All ids that the ledger names. */
function idsOf({ conversations, pooled }: RunLedger): string[] {
  const ids = [...conversations.values(), ...pooled.values()].flatMap(({ interactionId }) => interactionId ?? []);
  return [...new Set(ids)];
}

/** Whether a conversation begins with something that the run said; or, where that was lost, holds only replies that the run got. */
function ownership(plan: Plan, { conversations, pooled }: RunLedger): (conversation: StoredConversation) => boolean {
  const { run, contentHash } = expectationOf(plan);
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

/** Whether a listing of this window shows it: by its latest message. */
function isWithin({ events }: StoredConversation, window?: { since: number; until: number }): boolean {
  const latest = Math.max(...events.map(({ createdAt }) => createdAt));
  return window !== undefined && latest >= window.since && latest <= window.until;
}

/** When the run's conversations got their latest messages, on the service's clock; undefined for a run that sent nothing. */
function windowOf(ledger: RunLedger): { since: number; until: number } | undefined {
  const skew = skewOf(ledger);
  let since = Number.POSITIVE_INFINITY;
  let until = Number.NEGATIVE_INFINITY;
  const include = (from: number, to: number): void => {
    since = Math.min(since, from + skew - MARGIN_MS);
    until = Math.max(until, to + skew + LATE_MS);
  };
  for (const { turns } of ledger.conversations.values()) {
    for (const { sentAt, settledAt } of turns) include(sentAt, settledAt);
  }
  for (const { at } of ledger.pooled.values()) include(at, at);
  return since < until ? { since, until } : undefined;
}

/** Turns that began a conversation, got no answer, and carried no reference. */
function untraceable({ references }: Plan, { conversations }: RunLedger): number {
  if (references === true) return 0;
  return [...conversations.values()].filter(
    ({ interactionId, turns }) =>
      interactionId === undefined &&
      turns.every(({ events }) => events.length === 0) &&
      turns.some((turn) => unansweredAs(turn) !== undefined),
  ).length;
}
