import type { Event } from '../../../../contracts/generated/event.ts';
import type { ChainView } from '../chain-view.ts';
import type { ShownConversation } from '../readback/shown-conversations.ts';
import type { Relation } from './relation.ts';

/** What may come later, such as a rating; what is stored at once and stays is judged by a rule of its own. */
export const LATER = [
  'externalId',
  'externalCreatedAt',
  'csatRating',
  'feedback',
  'approved',
  'resolved',
  'attachments',
  'tags',
] as const;

/** Events as Get or a listing shows them, against the answers to their turns. */
export function ofShownEvents({ probe, conversation, place }: ShownConversation, { turns }: ChainView): Relation[] {
  const answered = new Map(turns.flatMap(({ events }) => events.map((event) => [event.id, event] as const)));
  return conversation.events.flatMap((event, index) => {
    const other = answered.get(event.id);
    if (other === undefined) return [];
    const at = { probe, place: `${place}/events/${index}` };
    return [...LATER.map((name) => ofProperty(at, name, other, event)), ...ofArticles(at, other, event)];
  });
}

const isNone = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

type At = Pick<Relation, 'probe' | 'place'>;

function ofProperty({ probe, place }: At, name: (typeof LATER)[number], answered: Event, shown: Event): Relation {
  return {
    probe,
    // What most events have none of is another matter where there is some.
    name: `${name} is as in the answer${isNone(answered[name]) ? '' : ', where it has some'}`,
    place: `${place}/${name}`,
    holds: JSON.stringify(answered[name]) === JSON.stringify(shown[name]),
    expected: { equals: 'as answered' },
    value: shown[name],
  };
}

/** Titles and addresses of the articles that both name. */
function ofArticles({ probe, place }: At, answered: Event, shown: Event): Relation[] {
  const known = new Map(answered.usedArticles.map((article) => [article.id, article]));
  const idsOf = ({ usedArticles }: Event): string => usedArticles.map(({ id }) => id).join();
  const order = {
    probe,
    name: 'articles are in the order of the answer',
    place: `${place}/usedArticles`,
    holds: idsOf(answered) === idsOf(shown),
    expected: { order: 'as answered' },
  };
  const values = shown.usedArticles.flatMap((article, index) => {
    const other = known.get(article.id);
    if (other === undefined) return [];
    return (['title', 'documentUrl'] as const).map((name) => ({
      probe,
      name: `${name} of an article is as in the answer`,
      place: `${place}/usedArticles/${index}/${name}`,
      holds: article[name] === other[name],
      expected: { equals: other[name] },
      value: article[name],
    }));
  });
  return answered.usedArticles.length > 1 ? [order, ...values] : values;
}
