import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { ShownConversation } from '../readback/shown-conversations.ts';
import { canonical } from './of-conversations.ts';
import type { Relation } from './relation.ts';

/** What a conversation may show in one way where another way of asking shows it otherwise; its events have rules of their own. */
const SHOWN = [
  'createdAt',
  'source',
  'channel',
  'status',
  'externalId',
  'url',
  'subjectPreview',
  'hasFeedback',
  'resolved',
  'userAttributes',
  'usedSubfolders',
] as const;

/** Parameters that do not choose which conversations a listing shows, but how many and since when. */
const COMMON = ['limit', 'since', 'cursor'];

/** Each conversation against how another kind of request showed it last: a listing, a further page, a filter, Get. */
export function* ofViews(shown: readonly ShownConversation[]): Generator<Relation> {
  const latest = new Map<string, { kind: string; conversation: Conversation }[]>();
  for (const one of shown) {
    const { conversation, probe, place } = one;
    const kind = kindOf(one);
    const before = latest.get(conversation.id) ?? [];
    const other = before.filter((view) => view.kind !== kind).at(-1)?.conversation;
    latest.set(conversation.id, [...before.filter((view) => view.kind !== kind), { kind, conversation }]);
    if (other === undefined) continue;
    for (const name of SHOWN)
      yield {
        probe,
        name: `${name} ${kind} is as elsewhere${isNone(other[name]) ? '' : ', where it has some'}`,
        place: `${place}/${name}`,
        subject: conversation.id,
        holds: canonical(conversation[name]) === canonical(other[name]),
        isStored: true,
        expected: { equals: 'as elsewhere' },
      };
  }
}

const isNone = (value: unknown): boolean => value === null || canonical(value) === '{}' || canonical(value) === '[]';

function kindOf({ probe }: ShownConversation): string {
  if (probe.operation !== 'list-conversations') return 'when it is read';
  const query = new URL(probe.exchange.url, 'http://localhost').searchParams;
  if (query.has('cursor')) return 'on a further page';
  return [...query.keys()].every((name) => COMMON.includes(name)) ? 'in a listing' : 'in a filtered listing';
}
