import fc, { type Arbitrary } from 'fast-check';
import type { CheckedTurn } from '../../contracts/answer.ts';
import { eventsSchema } from '../../contracts/contract.ts';
import { type Schema, schemaAt, typesOf } from '../../contracts/schema.ts';
import type { Loose } from './cases/case.ts';

/** Any text that UTF-8 can carry, without the character that stands for broken bytes. */
const text = fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\uFFFD', ''));
const url = fc.webUrl({ withQueryParameters: true, withFragments: true });

const BY_TYPE: Readonly<Record<string, Arbitrary<unknown>>> = {
  null: fc.constant(null),
  boolean: fc.boolean(),
  integer: fc.integer(),
  string: text,
};

/** Any value that a schema allows. */
function allowed(schema: Schema): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  return fc.oneof(...typesOf(schema).map((type) => ofType(type, schema)));
}

function ofType(type: string, schema: Schema): Arbitrary<unknown> {
  if (type === 'array')
    return fc.array(schema.items === undefined ? fc.jsonValue() : allowed(schema.items), { maxLength: 3 });
  if (type === 'object') {
    const properties = Object.entries(schema.properties ?? {});
    return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, allowed(part)])));
  }
  if (type === 'integer' && schema['x-unit'] === 'ms') return fc.integer({ min: 1e12, max: 1e14 - 1 });
  if (type === 'string' && schema.format === 'uuid') return fc.uuid();
  if (type === 'string' && schema.format === 'uri') return url;
  return BY_TYPE[type] ?? fc.constant(null);
}

const ARTICLE = schemaAt(eventsSchema, [0, 'usedArticles', 0]) ?? {};
const EVENT = schemaAt(eventsSchema, [0]) ?? {};
/** Properties of an event, each with any value that the schema allows; the article list is filled in later. */
const event = fc.record(
  Object.fromEntries(
    Object.entries(EVENT.properties ?? {}).map(([name, schema]) => [
      name,
      allowed(name === 'usedArticles' ? { type: 'array', items: { const: 0 } } : schema),
    ]),
  ),
) as Arbitrary<Loose>;

const article = fc
  .record(Object.fromEntries(Object.entries(ARTICLE.properties ?? {}).map(([name, schema]) => [name, allowed(schema)])))
  .map((value): Loose => ({ ...value, title: `Title ${value.title}` }));

/** A turn, and the events that keep every promise of the contract to it. */
export interface Exchange {
  readonly turn: CheckedTurn;
  readonly events: readonly Loose[];
}

const clock = fc.record({
  sentAt: fc.integer({ min: 1.1e12, max: 9e13 }),
  takes: fc.integer({ min: 0, max: 120_000 }),
  stored: fc.integer({ min: -300_000, max: 0 }),
  reply: fc.integer({ min: 0, max: 120_000 }),
});

const someArticles = fc.uniqueArray(article, { selector: ({ id }) => String(id).toLowerCase(), maxLength: 5 });

/** Any exchange as documented: every field any value that the schema allows, in bounds that only the rules know. */
export const exchange: Arbitrary<Exchange> = fc
  .record({
    role: fc.constantFrom('user', 'user', 'agent', 'finibot', 'otherbot'),
    content: text,
    answer: text,
    events: fc.tuple(event, event),
    articles: someArticles,
    clock,
    continued: fc.boolean(),
  })
  .filter(({ events: [stored, reply] }) => stored.id !== reply.id)
  .map(({ role, content, answer, events: [stored, reply], articles, clock: { sentAt, takes, ...at }, continued }) => {
    const turn = { role, content, sentAt, settledAt: sentAt + takes, continued };
    const first = { ...stored, role, message: content, createdAt: sentAt + at.stored, usedArticles: [] };
    const message = `Well, ${answer.replaceAll('{{', '').replaceAll('[object', '').replaceAll('fini_', '')}`;
    const second = { ...reply, role: 'finibot', message, createdAt: sentAt + at.reply, usedArticles: articles };
    return { turn, events: role === 'user' ? [first, second] : [first] };
  });
