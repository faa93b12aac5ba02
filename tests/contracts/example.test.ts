import { describe, expect, it } from 'vitest';
import { isExample, isPlaceholder } from '../../contracts/example.ts';

describe('a value in a text', () => {
  const VALUE = 'a1b2c3';

  it.each([
    ['For example: a1b2c3', true],
    ['Zum Beispiel a1b2c3', true],
    ['a1b2c3 is a test key', true],
    ['{"title":"An example","key":"a1b2c3"}', false],
    ['{"title":"For example, \\"a1b2c3\\""}', true],
    ['An example\na1b2c3', false],
    ['See https://example.com: a1b2c3', false],
    [`For example, ${'other '.repeat(20)}a1b2c3`, false],
    ['The key is a1b2c3', false],
  ])('%s', (text, expected) => expect(isExample(text, text.indexOf(VALUE), VALUE.length)).toBe(expected));

  it.each([
    ['Bearer YOUR_API_KEY_1', true],
    ['https://user:password@', true],
    ['secret: xxxxxxx1', true],
    ['https://fini:hunter2@proxy.example.com', false],
    ['password: hunter2a99', false],
    ['AKIAIOSFODNN7EXAMPLE', false],
  ])('%s stands for any: %s', (value, expected) => expect(isPlaceholder(value)).toBe(expected));
});
