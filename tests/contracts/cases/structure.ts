import { article, BODY, type Case, changed, type Loose, put, raw } from './case.ts';

const EVENT_PROPERTIES = [
  'id',
  'createdAt',
  'role',
  'type',
  'message',
  'externalId',
  'externalCreatedAt',
  'csatRating',
  'feedback',
  'approved',
  'resolved',
  'attachments',
  'tags',
  'usedArticles',
];
const NULLABLE = ['externalId', 'externalCreatedAt', 'csatRating', 'feedback', 'approved', 'resolved'];

const bodyChanged = (template = BODY) => [`breaking response-body-type-changed ${template}`];

const shape: readonly Case[] = [
  changed('M001 an object around the array', (events) => ({ events }), bodyChanged()),
  changed('one event without an array', ([stored]) => stored, bodyChanged()),
  changed('M004 an array in the array', (events) => [events], bodyChanged(`${BODY}/*`)),
  changed('an event as text', ([stored, reply]) => [stored, JSON.stringify(reply)], bodyChanged(`${BODY}/*`)),
  changed('null among the events', ([stored]) => [stored, null], bodyChanged(`${BODY}/*`)),
  raw('null', 'null', bodyChanged()),
  raw('a number', '42', bodyChanged()),
  changed('the array as text in JSON', (events) => JSON.stringify(events), bodyChanged()),
  changed('M010 events nested one level', (events) => events.map((data) => ({ data })), [
    `breaking response-required-property-removed ${BODY}/*`,
  ]),
];

const removed: readonly Case[] = [
  ...EVENT_PROPERTIES.map((name) =>
    changed(`${name} removed from every event`, (events) => void events.map((event) => delete event[name]), [
      `breaking response-required-property-removed ${BODY}/*/${name}`,
    ]),
  ),
  ...EVENT_PROPERTIES.map((name) =>
    changed(`${name} missing from the reply only`, ([, reply]) => void delete reply[name], [
      `breaking response-property-became-optional ${BODY}/*/${name}`,
    ]),
  ),
  changed('nulls left out', (events) => void events.map((event) => NULLABLE.map((name) => delete event[name])), [
    `breaking response-property-became-optional ${BODY}/*`,
  ]),
  changed('M013 documentUrl left out in place of null', (events) => void delete article(events).documentUrl, [
    `breaking response-property-became-optional ${BODY}/*/usedArticles/*/documentUrl`,
  ]),
  changed('title removed from an article', (events) => void delete article(events).title, [
    `breaking response-required-property-removed ${BODY}/*/usedArticles/*/title`,
  ]),
  changed(
    'three properties removed',
    (events) => void events.map((event) => ['tags', 'approved', 'resolved'].map((name) => delete event[name])),
    [`breaking response-required-property-removed ${BODY}/*`],
  ),
];

function rename(event: Loose, from: string, to: string): void {
  event[to] = event[from];
  delete event[from];
}

const renamed: readonly Case[] = [
  changed(
    'createdAt renamed to created_at',
    (events) => void events.map((event) => rename(event, 'createdAt', 'created_at')),
    [`breaking response-property-renamed ${BODY}/*/createdAt`],
  ),
  changed('message renamed to text', (events) => void events.map((event) => rename(event, 'message', 'text')), [
    `breaking response-property-renamed ${BODY}/*/message`,
  ]),
  changed(
    'csatRating, a null, renamed to rating',
    (events) => void events.map((event) => rename(event, 'csatRating', 'rating')),
    [`breaking response-property-renamed ${BODY}/*/csatRating`],
  ),
  changed('documentUrl of articles renamed to url', (events) => rename(article(events), 'documentUrl', 'url'), [
    `breaking response-property-renamed ${BODY}/*/usedArticles/*/documentUrl`,
  ]),
  changed(
    'message removed and a number added is no rename',
    (events) => events.map(({ message, ...rest }) => ({ ...rest, score: 0.5 })),
    [
      `breaking response-required-property-removed ${BODY}/*/message`,
      `additive response-property-added ${BODY}/*/score`,
    ],
  ),
  changed(
    'usedArticles moved into a new object',
    (events) => events.map(({ usedArticles, ...rest }) => ({ ...rest, sources: { usedArticles } })),
    [`breaking response-required-property-removed ${BODY}/*/usedArticles`],
  ),
];

const added: readonly Case[] = [
  changed('a phone number in metadata', (events) => put(events[1], 'customer', { phone: '+49 30 1234567' }), [
    `critical private-property-added ${BODY}/*/customer`,
  ]),
  changed('a new property of every event', (events) => void events.map((event) => put(event, 'interactionId', 'x')), [
    `additive response-property-added ${BODY}/*/interactionId`,
  ]),
  changed('M211 a new property of one event', ([, reply]) => put(reply, 'confidence', 0.93), [
    `additive response-property-added ${BODY}/*/confidence`,
  ]),
  changed('M214 a new property of an article', (events) => put(article(events), 'language', 'en'), [
    `additive response-property-added ${BODY}/*/usedArticles/*/language`,
  ]),
  changed(
    'two new properties',
    ([stored, reply]) => {
      stored.a = null;
      reply.b = {};
    },
    [`additive response-property-added ${BODY}/*/a`, `additive response-property-added ${BODY}/*/b`],
  ),
  changed('a new property with a name that needs escaping', ([stored]) => put(stored, 'a/b~c %#é', 1), [
    `additive response-property-added ${BODY}/*/a~1b~0c%20%25%23%C3%A9`,
  ]),
  ...['constructor', 'toString', 'length'].map((name) =>
    changed(`a new property called ${name}`, ([, reply]) => put(reply, name, null), [
      `additive response-property-added ${BODY}/*/${name}`,
    ]),
  ),
  changed(
    'a new property called __proto__',
    () => undefined,
    [`additive response-property-added ${BODY}/*/__proto__`],
    {
      text: (body) => body.replace('{', '{"__proto__":1,'),
    },
  ),
];

const keys: readonly Case[] = [
  changed('M016 a key twice in an event', () => undefined, [`behavioural json-duplicate-key ${BODY}/*/tags`], {
    text: (body) => body.replace('"tags":[]', '"tags":[],"tags":[]'),
  }),
  changed(
    'a key twice in an article, pretty-printed',
    () => undefined,
    [`behavioural json-duplicate-key ${BODY}/*/usedArticles/*/title`],
    { text: (body) => JSON.stringify(JSON.parse(body), null, 2).replace('"title":', '"title": "x",\n "title":') },
  ),
  changed('a key twice, once escaped', () => undefined, [`behavioural json-duplicate-key ${BODY}/*/tags`], {
    text: (body) => body.replace('"tags":[]', '"tags":[],"t\\u0061gs":[]'),
  }),
  changed(
    'a key twice after a text that looks like keys',
    ([, reply]) => put(reply, 'message', 'say "a":1, "a":2 {['),
    [`behavioural json-duplicate-key ${BODY}/*/resolved`],
    { text: (body) => body.replace(/"resolved":null,(?=[^}]*\}\]\}\])/, '"resolved":null,"resolved":null,') },
  ),
];

export const STRUCTURE: readonly Case[] = [...shape, ...removed, ...renamed, ...added, ...keys];
