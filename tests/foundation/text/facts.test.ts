import { expect, test } from 'vitest';
import { observe } from '../../../contracts/breach.ts';
import { expectedText, observedText } from '../../../scripts/foundation/text/facts.ts';

test.each([
  [{ type: 'integer', unit: 'ms' }, 'type integer, unit ms'],
  [{ type: ['string', 'null'] }, 'type string or null'],
  [{ enum: [200, 401] }, 'one of 200, 401'],
  [{ enum: [401] }, '401'],
  [{ const: 'finibot' }, 'const finibot'],
  [{ type: 'absent' }, 'absent'],
  [{ not: 'a\nb' }, 'not a\\u000ab'],
])('%j is expected as "%s"', (expected, text) => {
  expect(expectedText(expected)).toBe(text);
});

test.each([
  [observe(undefined), 'absent'],
  [observe(null), 'null'],
  [observe(5), 'integer 5'],
  [observe(true), 'boolean true'],
  [observe('hello'), 'string "hello"'],
  [observe(''), 'string ""'],
  [observe('null'), 'string "null"'],
  [observe('string'), 'string "string"'],
  [observe({ a: 1 }), 'object {"a":1}'],
  [observe('\u001b[31m'), 'string "\\u001b[31m"'],
  // A format that a baseline has learnt: nothing but its name is known.
  [{ type: 'email', sample: '' }, 'email'],
])('%j came as "%s"', (observed, text) => {
  expect(observedText(observed)).toBe(text);
});
