import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import { type ChainView, chainViews, pageIn, type SoundTurn } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';
import { judgeAgents } from './judge-agents.ts';
import { judgeAttributes } from './judge-attributes.ts';
import { judgeExchange } from './judge-exchange.ts';
import { judgeListings } from './judge-listing.ts';
import { isRemoval, judgeRemovals } from './judge-removal.ts';
import { judgeLasting, judgeStorage } from './judge-storage.ts';

/** Two turns of one clock that are further apart than this cannot have the same millisecond. */
const APART_MS = 250;
/** So many turns, or instants, have the same millisecond by no accident of clocks. */
const LEAST_FROZEN = 3;
/** Fewer replies than this may be alike by chance. */
const LEAST_REPLIES = 8;

/** Every sighting of a run: of each exchange by itself, then between exchanges that are sound by themselves. */
export function judgeRun(run: DriftRun): Sighting[] {
  const single = new Map(run.probes.map((probe) => [probe, judgeExchange(probe)]));
  const isSound = (probe: Probe): boolean => single.get(probe)?.every((one) => one.class === 'additive') !== false;
  const repeated = repeatedIds(chainViews(run, isSound));
  const views = chainViews(run, (probe) => isSound(probe) && !mentions(probe, repeated));
  const started = startedConversations(run, views);
  const own = [...single.values()].flat();
  const sound = run.probes.filter(isSound);
  const removals = judgeRemovals(run, views, isSound, started);
  const told = new Set(removals.map(({ probe }) => probe.chain.id));
  const removed = removedAt(run.probes);
  return [
    ...own.filter((one) => !isAftermath(one, removed, told)),
    ...views.flatMap((view) => judgeStorage(view, isSound)),
    ...judgeLasting(sound, run.plan.graceMs),
    ...judgeTurns(chainViews(run, isSound)),
    ...removals,
    ...judgeListings(run, views, isSound, started, removed),
    ...judgeAgents(run, sound, views),
    ...judgeAttributes(sound, views),
  ];
}

/** Rules that a conversation breaks when it is gone. */
const OF_WHAT_IS_GONE: readonly string[] = [
  DRIFT_RULES.validRefused.id,
  DRIFT_RULES.errorStatusChanged.id,
  DRIFT_RULES.errorStatusImproved.id,
];

/** When the first request that removed each conversation was sent, with whatever key. */
function removedAt(probes: readonly Probe[]): ReadonlyMap<string, number> {
  const removed = new Map<string, number>();
  for (const { operation, exchange } of probes) {
    const { conversation, status, sentAt } = exchange;
    if (!isRemoval(operation) || conversation === undefined || status < 200 || status >= 300) continue;
    removed.set(conversation, Math.min(sentAt, removed.get(conversation) ?? sentAt));
  }
  return removed;
}

/** Whether a sighting only shows that its conversation is gone, which is told already. */
function isAftermath(
  { rule, probe }: Sighting,
  removed: ReadonlyMap<string, number>,
  told: ReadonlySet<number>,
): boolean {
  // That it is gone is what was asked for: how that is said is a promise of its own.
  if (!OF_WHAT_IS_GONE.includes(rule) || probe.step.do === 'gone') return false;
  const at = removed.get(probe.exchange.conversation ?? '');
  // Requests that were under way side by side may be told in either order; the removal itself shows no such rule.
  return (at !== undefined && at <= probe.exchange.settledAt) || told.has(probe.chain.id);
}

/** Ids that several turns were answered with: nothing can be found by them. */
function repeatedIds(views: readonly ChainView[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { events } of views.flatMap(({ turns }) => turns)) {
    for (const { id } of events) (seen.has(id) ? repeated : seen).add(id);
  }
  return repeated;
}

function mentions({ response: { events = [] } }: Probe, ids: ReadonlySet<string>): boolean {
  return events.some(({ id }) => ids.has(id));
}

/** The conversation that each chain found for its turn. */
function startedConversations({ plan }: DriftRun, views: readonly ChainView[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { id, steps } of plan.chains) {
    const view = views[id];
    const ids = view?.turns[0]?.events.map((event) => event.id) ?? [];
    if (view === undefined || ids.length === 0 || !steps.some((step) => step.do === 'find')) continue;
    for (const probe of view.probes) {
      if (probe.step.do !== 'find') continue;
      const match = pageIn(probe)?.interactions.find(({ events }) => events.some((event) => ids.includes(event.id)));
      if (match !== undefined) found.set(id, match.id);
    }
  }
  return found;
}

/** All sound turns against each other: ids, clock, and what the replies say. */
function judgeTurns(views: readonly ChainView[]): Sighting[] {
  const turns = views.flatMap((view) => view.turns).sort((a, b) => a.probe.index - b.probe.index);
  const frozen = judgeFrozen(turns);
  return [
    ...judgeIds(turns),
    ...frozen,
    ...(frozen.length > 0 ? [] : views.flatMap(judgeSequence)),
    ...judgeSameness(turns),
  ];
}

function judgeIds(turns: readonly SoundTurn[]): Sighting[] {
  const seen = new Set<string>();
  return turns.flatMap(({ probe, events }) => {
    const index = events.findIndex(({ id }) => seen.has(id.toLowerCase()));
    for (const { id } of events) seen.add(id.toLowerCase());
    if (index < 0) return [];
    const place = `/responses/200/body/${index}/id`;
    return [
      sighting(DRIFT_RULES.idReused, probe, place, { unique: true }, events[index]?.id, '/responses/200/body/*/id'),
    ];
  });
}

/**
 * Equal times of turns that were sent apart: further than clocks differ; at more instants than there are clocks by
 * chance; or of most turns.
 */
function judgeFrozen(turns: readonly SoundTurn[]): Sighting[] {
  const groups = new Map<number, Probe[]>();
  for (const { probe, events } of turns) {
    const at = events[0]?.createdAt ?? Number.NaN;
    groups.set(at, [...(groups.get(at) ?? []), probe]);
  }
  return [...groups].flatMap(([at, group]) => {
    const earliest = Math.min(...group.map(({ exchange }) => exchange.settledAt));
    const apart = group.filter(({ exchange }) => exchange.sentAt - earliest >= APART_MS);
    const isFar = apart.some(({ exchange }) => exchange.sentAt - earliest >= CLOCKS_MS);
    const isMost = apart.length > 0 && group.length >= LEAST_FROZEN && 2 * group.length >= turns.length;
    if (!isFar && !isMost && instantsOf(group) < LEAST_FROZEN) return [];
    const place = '/responses/200/body/0/createdAt';
    return apart.map((probe) =>
      sighting(DRIFT_RULES.timestampFrozen, probe, place, { after: earliest }, at, '/responses/200/body/*/createdAt'),
    );
  });
}

/** Instants, each after the answers of the one before: two replicas may have given the same time at two. */
function instantsOf(group: readonly Probe[]): number {
  let instants = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { exchange } of [...group].sort((a, b) => a.exchange.settledAt - b.exchange.settledAt)) {
    if (exchange.sentAt - last < APART_MS) continue;
    instants += 1;
    last = exchange.settledAt;
  }
  return instants;
}

/** Replicas have clocks of their own. */
const CLOCKS_MS = 5_000;

function judgeSequence({ turns }: ChainView): Sighting[] {
  return turns.flatMap(({ probe, events: [stored] }, index) => {
    const before = turns[index - 1]?.events[0]?.createdAt;
    if (before === undefined || stored === undefined || stored.createdAt >= before - CLOCKS_MS) return [];
    return [
      sighting(DRIFT_RULES.sequenceOrder, probe, '/sequence/1→2/createdAt', { notBefore: before }, stored.createdAt),
    ];
  });
}

function judgeSameness(turns: readonly SoundTurn[]): Sighting[] {
  const replies = turns.flatMap(({ probe, events }) => {
    const reply = probe.step.turn?.role === 'user' ? events[1] : undefined;
    return reply === undefined ? [] : [{ probe, message: reply.message }];
  });
  const [first] = replies;
  if (first === undefined || replies.length < LEAST_REPLIES) return [];
  if (replies.some(({ message }) => message !== first.message)) return [];
  const place = '/responses/200/body/1/message';
  return replies.map(({ probe, message }) =>
    sighting(DRIFT_RULES.replyConstant, probe, place, { distinct: true }, message, '/responses/200/body/*/message'),
  );
}
