import { article, BODY, type Case, changed, put } from './case.ts';

const WRONG_TYPES: readonly (readonly [property: string, value: unknown])[] = [
  ['id', 42],
  ['createdAt', '2025-06-11T11:22:33.000Z'],
  ['createdAt', '1749640953000'],
  ['createdAt', 1749640953000.5],
  ['message', { text: 'x' }],
  ['message', ['x']],
  ['externalId', 4711],
  ['externalCreatedAt', '2025-06-11T11:22:33Z'],
  ['csatRating', '5'],
  ['csatRating', 4.5],
  ['feedback', { text: 'x' }],
  ['approved', 'true'],
  ['resolved', 0],
  ['attachments', {}],
  ['tags', 'vip'],
  ['usedArticles', {}],
];

const types: readonly Case[] = [
  ...WRONG_TYPES.map(([name, value]) =>
    changed(`${name} as ${JSON.stringify(value)}`, (events) => void events.map((event) => put(event, name, value)), [
      `breaking response-property-type-changed ${BODY}/*/${name}`,
    ]),
  ),
  changed('an article as text', (events) => put(events[1], 'usedArticles', ['x']), [
    `breaking response-property-type-changed ${BODY}/*/usedArticles/*`,
  ]),
  changed('title of an article as number', (events) => put(article(events), 'title', 5), [
    `breaking response-property-type-changed ${BODY}/*/usedArticles/*/title`,
  ]),
  changed('documentUrl as boolean', (events) => put(article(events), 'documentUrl', false), [
    `breaking response-property-type-changed ${BODY}/*/usedArticles/*/documentUrl`,
  ]),
];

const nulls: readonly Case[] = [
  ...['id', 'createdAt', 'role', 'type', 'message', 'attachments', 'tags', 'usedArticles'].map((name) =>
    changed(`${name} null`, ([, reply]) => put(reply, name, null), [
      `breaking response-property-became-nullable ${BODY}/*/${name}`,
    ]),
  ),
  ...['id', 'title'].map((name) =>
    changed(`${name} of an article null`, (events) => put(article(events), name, null), [
      `breaking response-property-became-nullable ${BODY}/*/usedArticles/*/${name}`,
    ]),
  ),
];

const formats: readonly Case[] = [
  changed('a new role', ([, reply]) => put(reply, 'role', 'assistant'), [
    `breaking response-property-enum-value-added ${BODY}/*/role`,
  ]),
  changed('a role in capitals', ([stored]) => put(stored, 'role', 'USER'), [
    `breaking response-property-enum-value-added ${BODY}/*/role`,
  ]),
  changed('a role as number', ([stored]) => put(stored, 'role', 1), [
    `breaking response-property-type-changed ${BODY}/*/role`,
  ]),
  changed('M046 another type of event', (events) => void events.map((event) => put(event, 'type', 'text')), [
    `breaking response-property-const-changed ${BODY}/*/type`,
  ]),
  ...['cc0e15924b714f57bf9c1b10a6b7b71a', 'evt_01HZX', '{cc0e1592-4b71-4f57-bf9c-1b10a6b7b71a}', ''].map((id) =>
    changed(`id ${JSON.stringify(id)}`, ([stored]) => put(stored, 'id', id), [
      `breaking response-property-format-changed ${BODY}/*/id`,
    ]),
  ),
  changed('M049 id of an article', (events) => put(article(events), 'id', 'track-your-order'), [
    `breaking response-property-format-changed ${BODY}/*/usedArticles/*/id`,
  ]),
  ...['/help/orders', 'docs.example.com/a', 'ftp://example.com/a', 'https://', 'https://exa mple.com', ''].map((url) =>
    changed(`M055 documentUrl ${JSON.stringify(url)}`, (events) => put(article(events), 'documentUrl', url), [
      `breaking response-property-format-changed ${BODY}/*/usedArticles/*/documentUrl`,
    ]),
  ),
];

const several: readonly Case[] = [
  changed(
    'two changes at two places',
    ([stored, reply]) => {
      stored.tags = null;
      reply.csatRating = 'good';
    },
    [
      `breaking response-property-became-nullable ${BODY}/*/tags`,
      `breaking response-property-type-changed ${BODY}/*/csatRating`,
    ],
  ),
  changed(
    'a wrong type, and a wrong echo in the same answer',
    ([stored, reply]) => {
      stored.message = 'where is my order?';
      reply.tags = 'vip';
    },
    [`breaking response-property-type-changed ${BODY}/*/tags`, `behavioural echo-mismatch ${BODY}/*/message`],
  ),
];

export const VALUES: readonly Case[] = [...types, ...nulls, ...formats, ...several];
