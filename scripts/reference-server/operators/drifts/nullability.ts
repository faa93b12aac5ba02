import type { PublicEvent } from '../../event.ts';
import { eachArticle, eachConversation, eachEvent, set } from '../edit.ts';
import type { Operator } from '../operator.ts';

type Nullable = 'externalId' | 'externalCreatedAt' | 'csatRating' | 'feedback' | 'approved' | 'resolved';
type Values = { readonly [Name in Nullable]: (event: PublicEvent) => PublicEvent[Name] };

const VALUES: Values = {
  externalId: ({ id }) => `ext-${id.slice(0, 8)}`,
  externalCreatedAt: ({ createdAt }) => createdAt,
  csatRating: () => 4,
  feedback: () => 'That helped, thank you.',
  approved: () => true,
  resolved: () => false,
};
const NULLABLE = Object.keys(VALUES) as Nullable[];
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** What was null has a value, what had one is null, and values that stand for null. */
export const NULLABILITY: readonly Operator[] = [
  ...NULLABLE.map((name) => filled(`filled-${name}`, `${name} always with a value`, name, VALUES[name])),
  {
    id: 'filled-documentUrl',
    title: "every article's documentUrl with a value",
    on: ['K', 'U'],
    answer: eachArticle((article) => {
      article.documentUrl ??= `https://help.example.com/articles/${String(article.id).slice(0, 8)}`;
    }),
  },
  {
    id: 'filled-url',
    title: "every conversation's url with a value",
    on: ['G', 'L'],
    answer: eachConversation((one) => {
      one.url = `https://app.example.com/inbox/${one.id}`;
    }),
  },
  ...NULLABLE.map((name) => ({
    id: `emptied-${name}`,
    title: `${name} always null`,
    on: ['TURN', 'G', 'L'] as const,
    answer: eachEvent(set(name, null)),
  })),
  {
    id: 'emptied-documentUrl',
    title: "every article's documentUrl null",
    on: ['K', 'U', 'G', 'L'],
    answer: eachArticle(set('documentUrl', null)),
  },
  {
    id: 'emptied-subjectPreview',
    title: "every conversation's subjectPreview null",
    on: ['G', 'L'],
    answer: eachConversation(set('subjectPreview', null)),
  },
  { id: 'emptied-tags', title: 'no tags any more', on: ['T'], answer: eachEvent(set('tags', [])) },
  filled('sentinel-zero', 'csatRating 0 in place of null', 'csatRating', () => 0),
  filled('sentinel-minus-one', 'csatRating -1 in place of null', 'csatRating', () => -1),
  filled('sentinel-false', 'approved false in place of null', 'approved', () => false),
  filled('sentinel-blank', 'externalId empty in place of null', 'externalId', () => ''),
  filled('sentinel-null-text', 'externalId "null" in place of null', 'externalId', () => 'null'),
  filled('sentinel-not-available', 'feedback "N/A" in place of null', 'feedback', () => 'N/A'),
  filled('sentinel-nil-uuid', 'externalId the nil UUID in place of null', 'externalId', () => NIL_UUID),
  filled('sentinel-epoch', 'externalCreatedAt 1970-01-01 in place of null', 'externalCreatedAt', () => 0),
];

/** Events are stored with a value where they had none. */
function filled<Name extends Nullable>(
  id: string,
  title: string,
  name: Name,
  value: (event: PublicEvent) => PublicEvent[Name],
): Operator {
  return {
    id,
    title,
    on: ['TURN'],
    stored: (events) => {
      for (const event of events) event[name] ??= value(event);
    },
  };
}
