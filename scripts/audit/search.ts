import { setTimeout } from 'node:timers/promises';
import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import type { ApiClient } from '../http/api-client.ts';
import { eachPage } from '../http/each-page.ts';
import type { StoredConversation } from '../http/stored-conversation.ts';

/** A conversation that is looked for, and what it can be told by. The first that is given decides. */
export interface Quarry {
  readonly interactionId?: string;
  /** Events that answers named. */
  readonly eventIds: readonly string[];
  /** A turn whose reference one of its messages bears. */
  readonly reference?: { readonly conversation: number; readonly turn: number };
  /** An id that is known already: the other one is looked for. */
  readonly not?: string | undefined;
  /** Hash of its first message: no proof, since a customer may say the same. */
  readonly contentHash?: string | undefined;
  /** When it was created at the earliest and the latest, epoch ms on the service's clock. */
  readonly since: number;
  readonly until: number;
  /** Until when it may be invisible, epoch ms on this machine's clock. */
  readonly visibleBy: number;
}

export interface Found<Q extends Quarry> {
  readonly ids: ReadonlyMap<Q, string>;
  /** Those that were not found, but whose pages the service did not show either. */
  readonly unsearched: ReadonlySet<Q>;
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

/**
 * Looks for conversations in the pages of List conversations that cover their times, as narrowly as these allow, at 0,
 * 0.5, 1, 2, 5 and 10 s, or until they should be visible.
 */
export async function search<Q extends Quarry>(quarries: readonly Q[], options: SearchOptions): Promise<Found<Q>> {
  const ids = new Map<Q, string>();
  const unsearched = new Set<Q>();
  let left: readonly Q[] = quarries;
  for (const [look, pause] of LOOKS_MS.entries()) {
    if (left.length === 0) break;
    await setTimeout(pause, undefined, { signal: options.signal });
    for (const window of windowsOf(left)) {
      const whole = await walk(window, ids, options);
      for (const quarry of window.quarries) {
        if (whole || ids.has(quarry)) unsearched.delete(quarry);
        else unsearched.add(quarry);
      }
    }
    left = left.filter((quarry) => !ids.has(quarry) && (look === 0 || Date.now() < quarry.visibleBy));
  }
  return { ids, unsearched };
}

interface Window<Q> {
  readonly since: number;
  until: number;
  readonly quarries: Q[];
}

function windowsOf<Q extends Quarry>(quarries: readonly Q[]): Window<Q>[] {
  const windows: Window<Q>[] = [];
  for (const quarry of [...quarries].sort((a, b) => a.since - b.since)) {
    const last = windows.at(-1);
    if (last === undefined || quarry.since > last.until + GAP_MS) {
      windows.push({ since: quarry.since, until: quarry.until, quarries: [quarry] });
    } else {
      last.until = Math.max(last.until, quarry.until);
      last.quarries.push(quarry);
    }
  }
  return windows;
}

/** Reads the pages of a window until all is found; false where the service did not show them to the end. */
function walk<Q extends Quarry>(
  { since, until, quarries }: Window<Q>,
  ids: Map<Q, string>,
  { client, agentId, run, taken }: SearchOptions,
): Promise<boolean> {
  const matches = matcher(quarries, run, taken);
  let wanted = quarries.length;
  return eachPage(client, { since, until, agentId }, (conversations) => {
    for (const conversation of conversations) {
      for (const quarry of matches(conversation)) {
        if (ids.has(quarry)) continue;
        ids.set(quarry, conversation.id);
        wanted -= 1;
      }
    }
    return wanted === 0;
  });
}

type Matches<Q> = (conversation: StoredConversation) => readonly Q[];

function matcher<Q extends Quarry>(
  quarries: readonly Q[],
  run: number | undefined,
  taken: ReadonlySet<string>,
): Matches<Q> {
  const byId = new Map<string, Q>();
  const byEvent = new Map<string, Q>();
  const byReference = new Map<string, Q>();
  const byContent = new Map<string, Q[]>();
  for (const quarry of quarries) {
    const { interactionId, eventIds, reference, contentHash } = quarry;
    if (interactionId !== undefined) byId.set(interactionId, quarry);
    else if (eventIds.length > 0) for (const id of eventIds) byEvent.set(id, quarry);
    else if (reference !== undefined) byReference.set(`${reference.conversation}/${reference.turn}`, quarry);
    else if (contentHash !== undefined) byContent.set(contentHash, [...(byContent.get(contentHash) ?? []), quarry]);
  }
  return ({ id, events }) => {
    const found = new Set<Q | undefined>([byId.get(id)]);
    for (const event of events) {
      found.add(byEvent.get(event.id));
      for (const { run: of, conversation, turn } of event.references) {
        if (of === run) found.add(byReference.get(`${conversation}/${turn}`));
      }
    }
    if (!taken.has(id)) found.add(byContent.get(events[0]?.hash ?? '')?.shift());
    return [...found].filter((quarry) => quarry !== undefined && quarry.not !== id) as Q[];
  };
}
