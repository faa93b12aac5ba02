import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { firstErrorCode, typedNames } from '../../../scripts/k6/build/first-error-code.ts';
import { standaloneCode } from '../../../scripts/k6/build/standalone-code.ts';

const codeOf = (schema: object): string => {
  const ajv = new Ajv({ messages: false, code: { source: true, esm: true, lines: true, optimize: 2 } });
  return standaloneCode(ajv, ajv.compile(schema));
};

it('keeps no books of errors, and looks once at a required property', () => {
  const code = firstErrorCode(
    codeOf({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
    }),
    new Set(),
  );
  expect(code).not.toMatch(/errors|_errs|valid\d|instancePath|isNaN/i);
  expect(code.match(/data\.id [!=]== undefined/g)).toEqual(['data.id === undefined']);
  expect(code).toContain('data.tags !== undefined');
});

const SCHEMA = {
  type: 'object',
  required: ['id', 'note', 'kind'],
  properties: {
    id: { type: 'integer' },
    note: {},
    kind: { enum: ['a', null] },
    text: { type: ['string', 'null'] },
    inner: { type: 'object', required: ['kind', 'id'], properties: { kind: { const: 'b' }, id: { type: 'string' } } },
  },
};

it('names required properties that have a type or values wherever they are required', () => {
  expect([...typedNames([SCHEMA])].sort()).toEqual(['id', 'kind']);
  expect([...typedNames([SCHEMA, { required: ['id'] }])]).toEqual(['kind']);
});

const decide = async (code: string): Promise<(value: unknown) => boolean> => {
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: never };
  return module.default;
};

it('refuses what lacks a typed property by the check of its value', async () => {
  const code = firstErrorCode(codeOf(SCHEMA), typedNames([SCHEMA]));
  expect(code.match(/\w+ === undefined/g)).toEqual(['note === undefined']);
  const [lean, whole] = await Promise.all([decide(code), decide(codeOf(SCHEMA))]);
  const good = { id: 1, note: 2, kind: null, text: null, inner: { kind: 'b', id: 'x' } };
  const rows: unknown[] = [
    good,
    [],
    null,
    { ...good, text: 'x' },
    { ...good, text: 1 },
    { ...good, inner: { id: 'x' } },
  ];
  for (const name of Object.keys(good)) rows.push({ ...good, [name]: undefined }, { ...good, [name]: [] });
  expect(rows.map(lean)).toEqual(rows.map(whole));
  expect(rows.map(whole).filter(Boolean)).toHaveLength(5);
});

it.each([
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  ['not', { not: { type: 'string' } }],
  ['contains', { type: 'array', contains: { type: 'string' } }],
  ['oneOf', { oneOf: [{ type: 'string' }, { type: 'integer' }] }],
])('leaves code with %s, which goes on after an error, as it is', (_, schema) => {
  expect(firstErrorCode(codeOf(schema), new Set())).toBe(codeOf(schema));
});
