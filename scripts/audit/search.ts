import { setTimeout } from 'node:timers/promises';
import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import type { ApiClient } from '../http/api-client.ts';
import { eachPage } from '../http/each-page.ts';
import type { StoredConversation } from '../http/stored-conversation.ts';

/** A conversation that is looked for, and what it can be told by. The first that is given decides. */
export interface SearchTarget {
  readonly interactionId?: string;
  /** Events that answers named. */
  readonly eventIds: readonly string[];
  /** A turn whose reference one of its messages bears. */
  readonly reference?: { readonly conversation: number; readonly turn: number };
  /** An id that is known already: the other one is looked for. */
  readonly not?: string | undefined;
  /** Hash of its first message: no proof, since a customer may say the same. */
  readonly contentHash?: string | undefined;
  /** When it got its latest message: at the earliest, most likely at the latest, and surely. Epoch ms on the service's clock. */
  readonly since: number;
  readonly until: number;
  readonly latest: number;
  /** Until when it may be invisible, epoch ms on this machine's clock. */
  readonly visibleBy: number;
}

export interface Found<Target extends SearchTarget> {
  readonly ids: ReadonlyMap<Target, string>;
  /** Those that were not found, but whose pages the service did not show either. */
  readonly unsearched: ReadonlySet<Target>;
}

export interface SearchOptions {
  readonly client: Pick<ApiClient, 'listConversations'>;
  readonly agentId: string;
  /** Hash of the run in its references. */
  readonly run: number | undefined;
  /** Conversations that are somebody's already; a like content does not claim them. */
  readonly taken: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Windows closer than this become one: a page holds a hundred conversations anyway. */
const GAP_MS = 5_000;

/** Source of the conversations that turns of the public API begin. */
const SOURCE = 'api';

/**
 * Looks for conversations in the pages of List conversations that cover their times, as narrowly as these allow, at 0,
 * 0.5, 1, 2, 5 and 10 s, or until they should be visible. From the second look on they may have any source, and may have got
 * messages since: from a reply that was late, or from another run of the same customer.
 */
export async function search<Target extends SearchTarget>(
  targets: readonly Target[],
  options: SearchOptions,
): Promise<Found<Target>> {
  const ids = new Map<Target, string>();
  const unsearched = new Set<Target>();
  let left: readonly Target[] = targets;
  for (const [look, pause] of LOOKS_MS.entries()) {
    if (left.length === 0) break;
    await setTimeout(pause, undefined, { signal: options.signal });
    const isFirst = look === 0;
    for (const window of windowsOf(left, isFirst ? 'until' : 'latest')) {
      const whole = await walk(window, isFirst ? { source: SOURCE } : {}, ids, options);
      for (const target of window.targets) {
        if (whole || ids.has(target)) unsearched.delete(target);
        else unsearched.add(target);
      }
    }
    left = left.filter((target) => !ids.has(target) && (look === 0 || Date.now() < target.visibleBy));
  }
  return { ids, unsearched };
}

interface Window<Target> {
  readonly since: number;
  until: number;
  readonly targets: Target[];
}

function windowsOf<Target extends SearchTarget>(targets: readonly Target[], end: 'until' | 'latest'): Window<Target>[] {
  const windows: Window<Target>[] = [];
  for (const target of [...targets].sort((a, b) => a.since - b.since)) {
    const last = windows.at(-1);
    if (last === undefined || target.since > last.until + GAP_MS) {
      windows.push({ since: target.since, until: target[end], targets: [target] });
    } else {
      last.until = Math.max(last.until, target[end]);
      last.targets.push(target);
    }
  }
  return windows;
}

/** Reads the pages of a window until all is found; false where the service did not show them to the end. */
function walk<Target extends SearchTarget>(
  { since, until, targets }: Window<Target>,
  filter: { readonly source?: string },
  ids: Map<Target, string>,
  { client, agentId, run, taken }: SearchOptions,
): Promise<boolean> {
  const matches = matcher(targets, run, taken);
  let wanted = targets.length;
  return eachPage(client, { since, until, agentId, ...filter }, (conversations) => {
    for (const conversation of conversations) {
      for (const target of matches(conversation)) {
        if (ids.has(target)) continue;
        ids.set(target, conversation.id);
        wanted -= 1;
      }
    }
    return wanted === 0;
  });
}

type Matches<Target> = (conversation: StoredConversation) => readonly Target[];

function matcher<Target extends SearchTarget>(
  targets: readonly Target[],
  run: number | undefined,
  taken: ReadonlySet<string>,
): Matches<Target> {
  const byId = new Map<string, Target>();
  const byEvent = new Map<string, Target>();
  const byReference = new Map<string, Target>();
  const byContent = new Map<string, Target[]>();
  for (const target of targets) {
    const { interactionId, eventIds, reference, contentHash } = target;
    if (interactionId !== undefined) byId.set(interactionId, target);
    else if (eventIds.length > 0) for (const id of eventIds) byEvent.set(id, target);
    else if (reference !== undefined) byReference.set(`${reference.conversation}/${reference.turn}`, target);
    else if (contentHash !== undefined) byContent.set(contentHash, [...(byContent.get(contentHash) ?? []), target]);
  }
  return ({ id, events }) => {
    const found = new Set<Target | undefined>([byId.get(id)]);
    for (const event of events) {
      found.add(byEvent.get(event.id));
      for (const { run: of, conversation, turn } of event.references) {
        if (of === run) found.add(byReference.get(`${conversation}/${turn}`));
      }
    }
    if (!taken.has(id)) found.add(byContent.get(events[0]?.hash ?? '')?.shift());
    return [...found].filter((target) => target !== undefined && target.not !== id) as Target[];
  };
}
