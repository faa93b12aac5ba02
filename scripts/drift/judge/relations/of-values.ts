import type { Event } from '../../../../contracts/generated/event.ts';
import type { SoundTurn } from '../chain-view.ts';
import { placeInAnswer, type ShownConversation } from '../readback/shown-conversations.ts';
import { LATER } from './of-shown-events.ts';
import type { ValueRelation } from './relation.ts';

/** What an event may say beside who said what, and when. */
const OF_EVENTS = [...LATER, 'usedArticles'] as const;
/** What a conversation says of its state; what it has from its turns is compared with them. */
const OF_CONVERSATIONS = ['source', 'channel', 'status', 'externalId', 'url', 'hasFeedback', 'resolved'] as const;

const WORD = /^[A-Za-z][A-Za-z0-9_.-]{0,30}$/;

/** The kind of a value, which is the value itself where it may be one of a few. */
export function kindOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value !== 'string') return `${typeof value}`;
  return WORD.test(value) ? value : value === '' ? 'an empty text' : 'a text';
}

/** What the events of turns have, by who says them: a change may be of one role only. */
export const ofEventValues = (turns: readonly SoundTurn[]): ValueRelation[] =>
  turns.flatMap(({ probe, events }) =>
    events.flatMap((event, index) =>
      OF_EVENTS.map((name) => ofEvent(event, name, { probe, place: `/responses/200/body/${index}/${name}` })),
    ),
  );

function ofEvent(
  event: Event,
  name: (typeof OF_EVENTS)[number],
  at: Pick<ValueRelation, 'probe' | 'place'>,
): ValueRelation {
  return { ...at, feature: `${name} of an event by ${event.role}`, subject: event.id, value: event[name] };
}

/** What a conversation says of its state, by who began it, whether it went on, and how often it was shown. */
export function ofConversationValues(shown: readonly ShownConversation[]): ValueRelation[] {
  const times = new Map<string, number>();
  return shown.flatMap(({ probe, conversation, place }): ValueRelation[] => {
    const { id, events } = conversation;
    const by = probe.operation === 'list-conversations' ? 'listed' : 'read';
    const before = times.get(`${by} ${id}`) ?? 0;
    times.set(`${by} ${id}`, before + 1);
    const kinds = [
      'of conversations',
      events[0]?.role === 'user' ? 'of conversations that a user began' : 'of conversations that no user began',
      new Set(events.map(({ createdAt }) => createdAt)).size > 2 ? 'of conversations that went on' : undefined,
      before === 0 ? undefined : 'of conversations that were shown before',
    ].filter((kind) => kind !== undefined);
    return OF_CONVERSATIONS.flatMap((name) =>
      kinds.map((kind) => ({
        probe,
        feature: `${name} ${kind} (${by})`,
        subject: id,
        place: `${placeInAnswer(place)}/${name}`,
        value: conversation[name],
      })),
    );
  });
}
