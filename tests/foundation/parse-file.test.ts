import { describe, expect, it } from 'vitest';
import { parseFile } from '../../scripts/foundation/parse-file.ts';

const nested = (depth: number, [open, close]: readonly [string, string]): string =>
  open.repeat(depth) + close.repeat(depth);
const LISTS = ['[', ']'] as const;
const OBJECTS = ['[{"a":', '0}]'] as const;

describe('JSON of a file', () => {
  it.each([
    ['{"a":[1,null,{"b":"c"}]}', { a: [1, null, { b: 'c' }] }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['null', null],
  ])('%j', (text, value) => {
    expect(parseFile(text)).toEqual(value);
  });

  it('may be nested as deep as a person writes', () => {
    expect(JSON.stringify(parseFile(nested(100, LISTS)))).toBe(nested(100, LISTS));
  });

  it.each([
    ['lists', nested(102, LISTS)],
    ['many lists', nested(300_000, LISTS)],
    ['objects', `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`],
    ['one deep part among wide ones', `[${'[],{},'.repeat(9_000)}${nested(5_000, LISTS)}]`],
  ])('is refused with a reason where it is deeper: %s', (_, text) => {
    expect(() => parseFile(text)).toThrow(new SyntaxError('nested more than 100 levels deep'));
  });

  it.each(['', '{', '[1,]', nested(100_000, OBJECTS)])('is refused where it is none', (text) => {
    expect(() => parseFile(text)).toThrow(SyntaxError);
  });
});
