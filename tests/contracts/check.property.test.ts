import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typeOf } from '../../contracts/breach.ts';
import { check, judgeAll } from '../../contracts/check.ts';
import { eventsSchema } from '../../contracts/contract.ts';
import { isPrivate } from '../../contracts/private-value.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import { type Schema, schemaAt, typesOf } from '../../contracts/schema.ts';
import { type Exchange, exchange } from './arbitrary.ts';
import { JSON_HEADERS, type Loose, TURN } from './cases/case.ts';

const answer = (body: string, status = 200, headers: Readonly<Record<string, string>> = JSON_HEADERS) =>
  turnResponse(status, headers, body);
const told = ({ turn }: Exchange, body: string): string[] =>
  check(turn, answer(body)).map(({ rule, template }) => `${rule} ${template}`);

const forms = fc.constantFrom<(value: unknown) => string>(
  (value) => JSON.stringify(value),
  (value) => `${JSON.stringify(value, null, 2)}\n`,
  (value) =>
    JSON.stringify(value).replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
);

const PROPERTIES = Object.entries(schemaAt(eventsSchema, [0])?.properties ?? {});
const ANY_TYPE: readonly unknown[] = [null, true, 1, 1.5, 'text', [], {}];
const misfits = (schema: Schema): readonly unknown[] =>
  ANY_TYPE.filter((value) => {
    const types = typesOf(schema);
    return !types.includes(typeOf(value)) && !(value === 1 && types.includes('integer'));
  });

/** One change of one property, and what the contract must say of it. */
const mutation = fc.constantFrom(
  ...PROPERTIES.flatMap(([name, schema]) => [
    {
      name,
      change: (event: Loose) => delete event[name],
      rule: /^response-(required-property-removed|property-became-optional)/,
    },
    ...misfits(schema).map((value) => ({
      name,
      change: (event: Loose) => Object.assign(event, { [name]: value }),
      rule: value === null ? /^response-property-became-nullable/ : /^response-property-type-changed/,
    })),
  ]),
  {
    name: 'unknownProperty',
    change: (event: Loose) => Object.assign(event, { unknownProperty: {} }),
    rule: /^response-property-added/,
  },
);

describe('check, of exchanges', () => {
  test('any exchange as documented breaks nothing, however it is written', () => {
    fc.assert(
      fc.property(exchange, forms, (row, form) => {
        const body = form(row.events);
        expect(told(row, body)).toEqual([]);
        expect(eventsOf(answer(body))).toHaveLength(row.events.length);
      }),
      { numRuns: 300 },
    );
  });

  test('any single change of a property is one violation, at its place', () => {
    fc.assert(
      fc.property(exchange, mutation, fc.nat(), (row, { name, change, rule }, pick) => {
        const events = row.events.map((event) => ({ ...event }));
        change(events[pick % events.length] as Loose);
        expect(told(row, JSON.stringify(events))).toEqual([
          expect.stringMatching(new RegExp(`${rule.source} .*/body/\\*/${name}$`)),
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  test('any unknown property is told under its name, at an RFC 6901 pointer', () => {
    const known = PROPERTIES.map(([name]) => name);
    const names = fc.string({ unit: 'binary' }).filter((name) => !known.includes(name) && !name.includes('\uFFFD'));
    fc.assert(
      fc.property(exchange, names, fc.jsonValue(), ({ turn, events }, name, value) => {
        const body = JSON.stringify(
          events.map((event) => Object.fromEntries([...Object.entries(event), [name, value]])),
        );
        const [violation, ...others] = check(turn, answer(body));
        expect(others).toEqual([]);
        expect(violation?.rule).toBe(isPrivate(name, value) ? 'private-property-added' : 'response-property-added');
        const part = decodeURIComponent(violation?.location ?? '').slice('#/responses/200/body/0/'.length);
        expect(part.replace(/~1/g, '/').replace(/~0/g, '~')).toBe(name);
      }),
      { numRuns: 300 },
    );
  });

  const mixed = fc
    .tuple(exchange, exchange, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 0 }), fc.boolean())
    .map(([one, two, order, same]) => {
      const pool = [...one.events, ...two.events].map((event) =>
        same ? { ...event, createdAt: one.turn.sentAt } : event,
      );
      const events = order.flatMap((index) => pool[index] ?? []);
      return { turn: one.turn, events };
    });

  test('what looks sound on the hot path no rule refuses', () => {
    fc.assert(
      fc.property(mixed, (row) => {
        const response = answer(JSON.stringify(row.events));
        expect(check(row.turn, response)).toEqual(judgeAll(row.turn, response));
      }),
      { numRuns: 500 },
    );
  });

  test('a repeated key is found wherever it stands', () => {
    fc.assert(
      fc.property(exchange, fc.constantFrom(...PROPERTIES), forms, (row, [name], form) => {
        const body = form(row.events);
        const at = body.lastIndexOf(`"${name}":`);
        const twice = `${body.slice(0, at)}"${name}": 0,${body.slice(at)}`;
        fc.pre(JSON.stringify(JSON.parse(twice)) === JSON.stringify(JSON.parse(body)));
        expect(told(row, twice)).toEqual([expect.stringMatching(`^json-duplicate-key .*/${name}$`)]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('check, of anything', () => {
  test('any JSON and any text is judged without throwing; what is no event array is told', () => {
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.jsonValue().map((value) => JSON.stringify([value])),
    );
    fc.assert(
      fc.property(body, fc.constantFrom(200, 400, 500), (text, status) => {
        const violations = check(TURN, answer(text, status));
        expect(violations.length).toBeGreaterThan(0);
        for (const { location, observed } of violations) {
          expect(location).toMatch(/^#\/responses\/\d{3}\/(body|headers|status)/);
          expect(observed.sample.length).toBeLessThanOrEqual(80);
          expect(JSON.parse(JSON.stringify(observed))).toEqual(observed);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('an answer of any status and any headers is judged without throwing', () => {
    const headers = fc.dictionary(fc.string(), fc.string());
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), headers, fc.string(), (status, some, text) => {
        expect(() => check(TURN, answer(text, status, some))).not.toThrow();
      }),
    );
  });
});
