import { BODY, type Case, changed, JSON_HEADERS, type Loose, legal, put, raw } from './case.ts';

/** As a text: no test may need more stack than what it tests. */
const nested = (depth: number, open: string, close: string, inner = ''): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const inPlaceOf = (part: string, by: string) => (body: string) => body.split(part).join(by);
const ATTACHMENTS = '"attachments":[]';

/** Names without a digit, so that nothing of them looks like an id. */
const word = (index: number): string =>
  `name_${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
const id = (index: number): string => `${index.toString(16).padStart(8, '0')}-d5b9-4eee-ad08-5e2c7d9cb741`;
const named = (count: number, nameOf: (index: number) => string): Loose =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [nameOf(index), index]));

const addition = (template: string) => [`additive response-property-added ${BODY}/*/${template}`];

const deep: readonly Case[] = [
  legal('attachments nested 5,000 deep', () => undefined, {
    text: inPlaceOf(ATTACHMENTS, `"attachments":${nested(5_000, '[', ']')}`),
  }),
  changed('an unknown property 8,000 objects deep', () => undefined, addition('extra'), {
    text: inPlaceOf(ATTACHMENTS, `${ATTACHMENTS},"extra":${nested(8_000, '{"a":', '}', '1')}`),
  }),
  raw('5,000 brackets', nested(5_000, '[', ']'), [`breaking response-body-type-changed ${BODY}/*`]),
  raw('more brackets than parsers take', nested(50_000, '[', ']'), [`breaking body-not-json ${BODY}`]),
  legal('brackets in a text are no levels', ([, reply]) => put(reply, 'message', '[{"'.repeat(20_000))),
  changed(
    'a key twice, 5,000 objects deep',
    () => undefined,
    [`behavioural json-duplicate-key ${BODY}/0/attachments/0${'/a'.repeat(12)}/%E2%80%A6`.replace(/\/0/g, '/*')],
    { text: (body) => body.replace(ATTACHMENTS, `"attachments":[${nested(5_000, '{"a":', '}', '{"b":1,"b":2}')}]`) },
  ),
];

const wide: readonly Case[] = [
  changed(
    'a property for each customer',
    ([stored, reply]) => {
      Object.assign(
        stored,
        named(300, (index) => `customer_${id(index)}`),
      );
      Object.assign(
        reply,
        named(300, (index) => `customer_${id(1_000 + index)}`),
      );
    },
    addition('customer_*'),
  ),
  changed(
    '2,000 unknown names that have nothing in common',
    ([, reply]) => void Object.assign(reply, named(2_000, word)),
    addition('*'),
  ),
  changed('20 unknown names are told one by one', ([, reply]) => void Object.assign(reply, named(20, word)), [
    ...Array.from({ length: 20 }, (_, index) => addition(word(index))).flat(),
  ]),
  changed(
    'a name of 10,000 characters',
    ([, reply]) => put(reply, 'a'.repeat(10_000), 1),
    addition(`${'a'.repeat(79)}%E2%80%A6`),
  ),
  changed(
    'a property renamed beside 2,000 unknown names',
    (events) => {
      for (const event of events) {
        event.created_at = event.createdAt;
        delete event.createdAt;
        Object.assign(event, named(2_000, word));
      }
    },
    [`breaking response-property-renamed ${BODY}/*/createdAt`, ...addition('*')],
  ),
  changed(
    '2,000 replies in one answer',
    ([stored, reply]) => [stored, ...Array.from({ length: 2_000 }, (_, index) => ({ ...reply, id: id(index) }))],
    [`behavioural event-cardinality ${BODY}`],
  ),
  changed('2,000 events that are none', () => Array.from({ length: 2_000 }, () => 1), [
    `breaking response-body-type-changed ${BODY}/*`,
  ]),
  changed(
    'an article 2,000 times',
    ([, reply]) => {
      const [article] = reply.usedArticles as unknown[];
      reply.usedArticles = Array.from({ length: 2_000 }, () => article);
    },
    [`behavioural article-duplicate-id ${BODY}/*/usedArticles/*/id`],
  ),
  raw(
    'an error with 500 unknown names',
    JSON.stringify({ statusCode: 500, message: 'x', error: 'Internal Server Error', ...named(500, word) }),
    ['additive error-property-added #/responses/500/body/*'],
    { status: 500, headers: JSON_HEADERS },
  ),
];

export const EXTREMES: readonly Case[] = [...deep, ...wide];
