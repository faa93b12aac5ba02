import type { Event } from '../../../../contracts/generated/event.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { ShownConversation } from '../readback/shown-conversations.ts';
import type { RunView } from '../run-view.ts';

/** So many conversations show the same text of the service's own. */
const LEAST_ALIKE = 3;

/** Events of one conversation that Get or a listing shows in another. */
export function judgeBelonging({ distinct, shown }: RunView): Sighting[] {
  const owners = new Map(
    distinct.flatMap(({ id, turns }) => turns.flatMap(({ events }) => events.map((event) => [event.id, id] as const))),
  );
  const ofService = textsOfService(shown, owners);
  return shown.flatMap(({ probe, conversation: { events }, chain, place }) => {
    const said = new Set(distinct[chain]?.turns.flatMap((turn) => turn.events.map(({ message }) => message)));
    // What was said here and has another id by now, and what the service says in each conversation, is of nobody else.
    const isOwn = (event: Event): boolean =>
      !owners.has(event.id) && (said.has(event.message) || ofService.has(textOf(event)));
    const first = distinct[chain]?.allSound === true ? events.findIndex(({ id }) => owners.get(id) === chain) : 0;
    // Before the first turn of a conversation there is nothing.
    const index = events.findIndex(
      (event, at) => !isOwn(event) && (owners.get(event.id) ?? (at < first ? undefined : chain)) !== chain,
    );
    const seen = { place: `${place}/events/${index}`, expected: { of: 'this conversation' } };
    return index < 0 ? [] : [sighting({ rule: DRIFT_RULES.foreignEvents, probe, ...seen })];
  });
}

/** Without its numbers, which may be a time. */
const textOf = ({ role, message }: Event): string => `${role} ${message.replace(/\d+/g, '0')}`;

/** What no customer said and no turn was answered with, in events of several conversations: `Conversation opened`. */
function textsOfService(shown: readonly ShownConversation[], owners: ReadonlyMap<string, number>): ReadonlySet<string> {
  const ids = new Map<string, Map<string, string>>();
  for (const { conversation } of shown)
    for (const event of conversation.events) {
      if (event.role === 'user' || owners.has(event.id)) continue;
      const text = textOf(event);
      ids.set(text, (ids.get(text) ?? new Map()).set(conversation.id, event.id));
    }
  const isOften = (events: ReadonlyMap<string, string>): boolean => new Set(events.values()).size >= LEAST_ALIKE;
  return new Set([...ids].flatMap(([text, events]) => (isOften(events) ? [text] : [])));
}
