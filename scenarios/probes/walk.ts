import type { Step } from '../../contracts/generated/drift-plan.ts';
import { type ListedConversation, pageOf } from '../lanes/page.ts';
import { exchange, type Place } from './exchange.ts';
import { plan } from './plan.ts';

/** Walks the pages of a listing until one has a conversation that is wanted: the first of the page, those before others that have all that is wanted. */
export async function walk(
  step: Step,
  place: Place,
  isWanted: (conversation: ListedConversation) => boolean,
  hasAll: (conversation: ListedConversation) => boolean = () => false,
): Promise<ListedConversation | undefined> {
  let path = step.path;
  for (let page = 0; page < plan.maxPages; page++) {
    const { status, body } = await exchange(place, step, { path });
    const listed = status === 200 ? pageOf(body) : undefined;
    const wanted = listed?.conversations.filter(isWanted) ?? [];
    const found = wanted.find(hasAll) ?? wanted[0];
    if (found !== undefined) return found;
    if (listed?.next === undefined) return undefined;
    path = `${step.path}&direction=next&cursor=${encodeURIComponent(listed.next)}`;
  }
  return undefined;
}
