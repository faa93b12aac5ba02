import { TOPICS } from '../../corpus.ts';
import type { PublicEvent } from '../../event.ts';
import { pick, type Random } from '../../random.ts';
import { errorBody, make, set, text } from '../edit.ts';
import type { Operator } from '../operator.ts';

const ARTICLES = TOPICS.flatMap(({ articles }) => articles);

/** Values, spelling and form that the documentation leaves open. */
export const SHAPE: readonly Operator[] = [
  { id: 'L01', title: 'every nullable field null, as the server does anyway', on: [] },
  {
    id: 'L02',
    title: 'every nullable field with a value',
    on: ['TURN'],
    stored: onEach((event) => fill(event, () => 0)),
  },
  { id: 'L03', title: 'null and values mixed', on: ['TURN'], stored: onEach((event, next) => fill(event, next)) },
  { id: 'L04', title: 'no articles', on: ['U'], generated: articles(() => 0) },
  { id: 'L05', title: '1, 5 or 25 articles', on: ['U'], generated: articles((next) => pick([1, 5, 25], next())) },
  {
    id: 'L06',
    title: 'documentUrl null for some articles of a list',
    on: ['U'],
    generated: (reply, _, { random }) => {
      many(4, random)(reply);
      reply.usedArticles = reply.usedArticles.map((article, index) =>
        index % 2 === 0 ? { ...article, documentUrl: null } : { ...article, documentUrl: 'https://help.example.com/a' },
      );
    },
  },
  {
    id: 'L07',
    title: 'the same article in different replies',
    on: ['U'],
    generated: (reply) => {
      const shared = ARTICLES[0];
      if (shared === undefined || reply.usedArticles.some(({ id }) => id === shared.id)) return;
      reply.usedArticles = [...reply.usedArticles, shared];
    },
  },
  {
    id: 'L08',
    title: 'keys in any order',
    on: ['ANY'],
    bytes: text((json, { random }) => JSON.stringify(shuffled(JSON.parse(json), random))),
  },
  {
    id: 'L09',
    title: 'pretty-printed JSON',
    on: ['ANY'],
    bytes: text((json) => `${JSON.stringify(JSON.parse(json), null, 2)}\n`),
  },
  { id: 'L10', title: 'escapes in place of characters', on: ['ANY'], bytes: text(escaped) },
  {
    id: 'L15',
    title: 'UUIDs of other versions and in upper case',
    on: ['TURN'],
    stored: onEach(otherUuid),
    generated: (reply, _, { random }) => otherUuid(reply, random),
  },
  {
    id: 'L16',
    title: 'createdAt written with an exponent or a fraction of zero',
    on: ['TURN', 'G', 'L'],
    bytes: text((json, { random }) =>
      json.replace(/("createdAt":)(\d)(\d{12})\b/g, (whole, key, first, rest) =>
        random() < 0.5 ? `${key}${first}.${rest}e12` : `${whole}.0`,
      ),
    ),
  },
  {
    id: 'L25',
    title: 'tags and attachments with content',
    on: ['TURN'],
    stored: onEach((event) => {
      event.tags = ['vip', 'billing'];
      event.attachments = [{ name: 'invoice.pdf', size: 48_213 }];
    }),
  },
  {
    id: 'L30',
    title: 'another wording of error messages',
    on: ['N*', 'A*'],
    answer: errorBody(
      set('message', 'Die Anfrage konnte leider nicht verarbeitet werden. Bitte prüfen Sie Ihre Eingabe.'),
    ),
  },
  {
    id: 'L31',
    title: 'BadRequest in place of Bad Request',
    on: ['N*', 'A*'],
    answer: errorBody(make('error', (error) => String(error).replaceAll(' ', ''))),
  },
];

function onEach(change: (event: PublicEvent, next: Random) => void): NonNullable<Operator['stored']> {
  return (events, { random }) => {
    for (const event of events) change(event, random);
  };
}

/** Sets each nullable field with a probability of one half. */
function fill(event: PublicEvent, next: Random): void {
  if (next() < 0.5) event.externalId = `ext-${event.id.slice(0, 8)}`;
  if (next() < 0.5) event.externalCreatedAt = event.createdAt;
  if (next() < 0.5) event.csatRating = 1 + Math.floor(next() * 5);
  if (next() < 0.5) event.feedback = 'That helped, thank you.';
  if (next() < 0.5) event.approved = next() < 0.5;
  if (next() < 0.5) event.resolved = next() < 0.5;
}

function articles(count: (next: Random) => number): NonNullable<Operator['generated']> {
  return (reply, _, { random }) => many(count(random), random)(reply);
}

/** So many articles, each with an id of its own; the first ones are real. */
function many(count: number, next: Random): (reply: PublicEvent) => void {
  return (reply) => {
    const start = Math.floor(next() * ARTICLES.length);
    reply.usedArticles = Array.from({ length: count }, (_, index) => {
      const article = pick(ARTICLES, ((start + index) % ARTICLES.length) / ARTICLES.length);
      const id = `${article.id.slice(0, -2)}${index.toString(16).padStart(2, '0')}`;
      return index < ARTICLES.length ? article : { ...article, id };
    });
  };
}

function shuffled(value: unknown, next: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => ({ key, one: shuffled(one, next), at: next() }));
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, one }) => [key, one]));
}

function escaped(json: string): string {
  const codes = json.replace(/[^ -~\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return codes.replaceAll('/', '\\/');
}

/** A UUID of version 1, 4 or 7, in either case. */
function otherUuid(event: PublicEvent, next: Random): void {
  const version = pick(['1', '4', '7'], next());
  const id = `${event.id.slice(0, 14)}${version}${event.id.slice(15)}`;
  event.id = next() < 0.5 ? id.toUpperCase() : id;
}
