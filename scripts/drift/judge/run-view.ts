import type { Probe, Sighting } from '../sighting.ts';
import { judgeExchange } from './answer/judge-exchange.ts';
import { type ChainView, chainViews, conversationIn, pageIn } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';
import { type ShownConversation, shownConversations } from './readback/shown-conversations.ts';

/** A run as judges between exchanges see it. Only exchanges that are sound by themselves are compared with others. */
export interface RunView {
  readonly run: DriftRun;
  /** What each exchange shows by itself. */
  readonly single: readonly Sighting[];
  readonly isSound: (probe: Probe) => boolean;
  readonly sound: readonly Probe[];
  /** By chain. */
  readonly chains: readonly ChainView[];
  /** The same without turns whose ids others were answered with, too: nothing can be found by them. */
  readonly distinct: readonly ChainView[];
  /** The conversation that each chain found for its turn. */
  readonly started: ReadonlyMap<number, string>;
  /** Conversations of the check wherever Get or a listing shows them, in the order of the answers. */
  readonly shown: readonly ShownConversation[];
  /** When the first request that removed each conversation was sent, with whatever key of its workspace. */
  readonly removed: ReadonlyMap<string, number>;
  /** The same, whatever it was answered: what was refused may be done all the same. */
  readonly removalAsked: ReadonlyMap<string, number>;
  /** Conversations that Get has shown. */
  readonly known: ReadonlySet<string>;
}

export function runView(run: DriftRun): RunView {
  const single = new Map(run.probes.map((probe) => [probe, judgeExchange(probe)]));
  const isSound = (probe: Probe): boolean => single.get(probe)?.every((one) => one.class === 'additive') !== false;
  const chains = chainViews(run, isSound);
  const repeated = repeatedIds(chains);
  const distinct = chainViews(run, (probe) => isSound(probe) && !mentions(probe, repeated));
  const sound = run.probes.filter(isSound);
  const started = startedConversations(run, distinct);
  return {
    run,
    single: [...single.values()].flat(),
    isSound,
    sound,
    chains,
    distinct,
    started,
    shown: shownConversations(sound, started),
    removed: removedAt(run.probes.filter(isDone), started),
    removalAsked: removedAt(run.probes, started),
    known: new Set(run.probes.flatMap((probe) => conversationIn(probe)?.id ?? [])),
  };
}

/** Whether a conversation was shown after it had been removed: what is shown of it is wrong as a whole. */
export const isShownAfterRemoval = ({ removed }: RunView, id: string, { exchange }: Probe): boolean =>
  (removed.get(id) ?? Number.POSITIVE_INFINITY) < exchange.sentAt;

export function isRemoval(operation: Probe['operation']): boolean {
  return operation === 'delete-conversation' || operation === 'delete-conversations';
}

/** A removal of another workspace's conversation: that it is answered as a success does not say that it removed anything. */
export function isOfOthers({ step }: Probe): boolean {
  return step.kind === 'A7';
}

/** Conversations of other chains that a body names by their chains. */
const OTHERS = /\{conversation:(\d+)\}/g;
const NOT_ALL = 406;

/** Whether a removal was answered as done: of the conversations that there are, where it says that some are not. */
export function isDone({ exchange: { status }, step }: Probe): boolean {
  return (status >= 200 && status < 300) || (status === NOT_ALL && step.kind === 'DB');
}

function removedAt(probes: readonly Probe[], started: ReadonlyMap<number, string>): ReadonlyMap<string, number> {
  const removed = new Map<string, number>();
  for (const probe of probes) {
    const { conversation, sentAt } = probe.exchange;
    if (!isRemoval(probe.operation) || isOfOthers(probe) || conversation === undefined) continue;
    const others = [...(probe.step.body ?? '').matchAll(OTHERS)].flatMap(
      ([, chain]) => started.get(Number(chain)) ?? [],
    );
    for (const id of [conversation, ...others]) removed.set(id, Math.min(sentAt, removed.get(id) ?? sentAt));
  }
  return removed;
}

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

function startedConversations({ plan }: DriftRun, views: readonly ChainView[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { id, steps } of plan.chains) {
    const view = views[id];
    const ids = view?.turns[0]?.events.map((event) => event.id) ?? [];
    if (view === undefined || ids.length === 0 || !steps.some((step) => step.do === 'find')) continue;
    for (const probe of view.probes) {
      if (probe.step.do !== 'find') continue;
      const shown = (pageIn(probe)?.interactions ?? []).map(({ id: name, events }) => {
        const own = new Set(events.map((event) => event.id));
        return { id: name, count: ids.filter((one) => own.has(one)).length };
      });
      const match = shown.find(({ count }) => count === ids.length) ?? shown.find(({ count }) => count > 0);
      if (match !== undefined) found.set(id, match.id);
    }
  }
  return found;
}
