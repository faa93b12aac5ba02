import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { firstErrorCode } from '../../../scripts/k6/build/first-error-code.ts';
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
  );
  expect(code).not.toMatch(/errors|_errs|valid\d|instancePath|isNaN/i);
  expect(code.match(/data\.id [!=]== undefined/g)).toEqual(['data.id === undefined']);
  expect(code).toContain('data.tags !== undefined');
});

it.each([
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  ['not', { not: { type: 'string' } }],
  ['contains', { type: 'array', contains: { type: 'string' } }],
  ['oneOf', { oneOf: [{ type: 'string' }, { type: 'integer' }] }],
])('leaves code with %s, which goes on after an error, as it is', (_, schema) => {
  expect(firstErrorCode(codeOf(schema))).toBe(codeOf(schema));
});
