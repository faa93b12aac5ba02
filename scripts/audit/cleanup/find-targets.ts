import pMap from 'p-map';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { type ApiClient, UNKNOWN_ID } from '../../http/api-client.ts';
import { eachPage } from '../../http/each-page.ts';
import { type StoredConversation, storedConversation } from '../../http/stored-conversation.ts';
import { unansweredAs } from '../evidence.ts';
import type { RunLedger } from '../run-ledger.ts';
import { skewOf } from '../search-targets.ts';
import { type Run, type Sorter, sorter } from './sorter.ts';

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
interface Sources extends Run {
  readonly client: ApiClient;
  readonly concurrency: number;
  /** Ids that an earlier clean-up removed. */
  readonly removed: ReadonlySet<string>;
}

/**
 * Finds the conversations that a run has begun: one sweep of the listing over the time of the run, and a look at each
 * id of the ledger that it did not show. An id alone proves nothing, since a service may mix answers up or resolve a turn
 * to a customer's conversation: a conversation is the run's where its first message is.
 */
export async function findTargets(sources: Sources): Promise<CleanupTargets> {
  const { plan, ledger, client, concurrency, removed } = sources;
  const named = new Set(idsOf(ledger).filter((id) => !removed.has(id)));
  const sorted = sorter(sources, named);
  const window = windowOf(ledger);
  const listing = window && { ...window, agentId: plan.target.botId };
  const swept = await sweep(client, listing && { ...listing, source: SOURCE }, sorted.place);
  const listed = sorted.ofRun();
  const unsettled = [...named].filter((id) => !sorted.isPlaced(id));
  const looked = await pMap(unsettled, (id) => look(client, id, sorted.place), { concurrency });
  const listable = looked.flatMap(({ id, conversation }) =>
    conversation !== undefined && sorted.own.has(id) && isWithin(conversation, window) ? id : [],
  );
  // Where it listed nothing of the run, or not what Get shows, the service calls the source otherwise.
  const isComplete = listed > 0 && sorted.ofRun() === listed;
  // A listing that went on for ever goes on for ever without the filter, too.
  const isEndless = !swept.isWhole && swept.pages > 0;
  const again = isComplete || isEndless ? undefined : await sweep(client, listing, sorted.place);
  const isRead = (again ?? swept).isWhole;
  // A listing without what Get shows may lack others, too, whose ids nobody knows.
  const isShown = (id: string): boolean => swept.shown.has(id) || again?.shown.has(id) === true;
  return {
    own: [...sorted.own],
    foreign: [...sorted.foreign],
    shared: [...sorted.shared],
    gone: looked.filter(({ isGone }) => isGone).map(({ id }) => id),
    unseen: looked.filter(({ isGone, conversation }) => !isGone && conversation === undefined).map(({ id }) => id),
    untraceable: untraceable(plan, ledger),
    whole: isRead && listable.every(isShown),
  };
}

/** Reads a listing to its end, if it has one; the ids that it showed. Without a query there is nothing to list. */
async function sweep(
  client: ApiClient,
  query: Parameters<typeof eachPage>[1] | undefined,
  place: Sorter['place'],
): Promise<{ isWhole: boolean; pages: number; shown: Set<string> }> {
  const shown = new Set<string>();
  let pages = 0;
  if (query === undefined) return { isWhole: true, pages, shown };
  const isWhole = await eachPage(client, query, (conversations) => {
    pages += 1;
    for (const conversation of conversations) {
      shown.add(conversation.id);
      place(conversation);
    }
    return false;
  });
  return { isWhole, pages, shown };
}

interface Looked {
  readonly id: string;
  /** Undefined where Get did not show it. */
  readonly conversation: StoredConversation | undefined;
  readonly isGone: boolean;
}

async function look(client: ApiClient, id: string, place: Sorter['place']): Promise<Looked> {
  const { status, body } = await client.getConversation(id);
  const conversation = status === 200 ? storedConversation(body) : undefined;
  if (conversation?.id !== id) return { id, conversation: undefined, isGone: UNKNOWN_ID.includes(status) };
  place(conversation);
  return { id, conversation, isGone: false };
}

/** All ids that the ledger names. */
function idsOf({ conversations, pooled }: RunLedger): string[] {
  const ids = [...conversations.values(), ...pooled.values()].flatMap(({ interactionId }) => interactionId ?? []);
  return [...new Set(ids)];
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
