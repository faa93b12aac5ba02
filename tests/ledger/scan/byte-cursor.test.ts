import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteCursor, literal, PADDING } from '../../../scripts/ledger/scan/byte-cursor.ts';
import { cases } from '../../fuzz/odd.ts';

function over(text: string): ByteCursor {
  const cursor = new ByteCursor();
  cursor.over(Buffer.concat([Buffer.from(text), Buffer.alloc(PADDING)]));
  return cursor;
}

/** What is read, and how far; undefined where it is refused. */
function read<Value>(text: string, take: (cursor: ByteCursor) => Value): { value: Value; at: number } | undefined {
  const cursor = over(text);
  const value = take(cursor);
  return cursor.failed ? undefined : { value, at: cursor.at };
}

const UUID = 'c56a4180-65aa-42ec-a945-5fd21dec0538';
const words = (text: string): number[] | undefined => {
  const into = new Uint32Array(8);
  return read(text, (cursor) => cursor.uuid(into, 1)) && [...into];
};

describe('ByteCursor', () => {
  it.each([
    ['0', true],
    ['0.5', true],
    ['123.000000000000001', true],
    ['1750000000123.4567', true],
    ['999999999999999.9', true],
    ['1000000000000000', true],
    ['1000000000000001', false],
    ['9007199254740993.5', false],
    ['00', false],
    ['01.5', false],
    ['1.', false],
    ['.5', false],
    ['-1', false],
    ['', false],
  ])('number %j: %s', (text, isRead) => {
    const expected = isRead ? { value: JSON.parse(text), at: text.length } : undefined;
    expect(read(`${text},`, (cursor) => cursor.number())).toEqual(expected);
  });

  it.each([
    ['0', 0],
    ['999999999', 999_999_999],
    ['1000000000', undefined],
    ['007', undefined],
    ['-1', undefined],
  ])('integer %j', (text, value) => {
    expect(read(`${text}}`, (cursor) => cursor.integer())?.value).toBe(value);
  });

  it.each([
    ['abcd', 'abcd', true],
    ['abcde', 'abcde', true],
    ['abcdefghij', 'abcdefghij', true],
    ['abcdefghij', 'abcdefghiX', false],
    ['abcdefghij', 'Xbcdefghij', false],
    ['abcdef', 'abcXef', false],
    ['abcdef', 'abcdeX', false],
    ['abcdef', 'abc', false],
  ])('literal %s in %s: %s', (expected, text, isThere) => {
    const cursor = over(text);
    expect(cursor.skip(literal(expected))).toBe(isThere);
    expect(cursor.at).toBe(isThere ? expected.length : 0);
  });

  it('reads a UUID as DuckDB holds it', () => {
    expect(words(UUID)).toEqual([0, 0, 0, 0, 0x1dec0538, 0xa9455fd2, 0x65aa42ec, 0x456a4180]);
  });

  it.each([UUID.toUpperCase(), UUID.replace('-', '0'), UUID.replace('c5', 'g5'), UUID.slice(0, 30)])(
    'refuses %s',
    (text) => {
      expect(words(`${text}"`)).toBeUndefined();
    },
  );

  it.each([
    ['plain"', 5],
    ['"', 0],
    ['a\\n"', undefined],
    ['ü"', undefined],
    ['no end', undefined],
  ])('text %j', (text, length) => {
    expect(read(text, (cursor) => cursor.text())?.value).toBe(length);
  });

  it('reads decimal fractions of 16 to 18 digits as JSON.parse does', () => {
    const digits = fc.array(fc.nat({ max: 9 }), { minLength: 16, maxLength: 18 }).map((each) => each.join(''));
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 14 }), (text, point) => {
        const number = `${Number(text.slice(0, point))}.${text.slice(point)}`;
        expect(read(`${number}}`, (cursor) => cursor.number())).toEqual({ value: Number(number), at: number.length });
      }),
      { numRuns: cases(200) },
    );
  });

  it('reads decimal fractions as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), fc.nat({ max: 17 }), (double, digits) => {
        for (const text of [String(double), double.toFixed(digits)]) {
          if (!/^\d{1,15}(\.\d+)?$/.test(text)) continue;
          expect(read(`${text}}`, (cursor) => cursor.number())).toEqual({ value: JSON.parse(text), at: text.length });
        }
      }),
      { numRuns: cases(20) },
    );
  });
});
