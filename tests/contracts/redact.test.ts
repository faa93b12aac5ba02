import { describe, expect, it } from 'vitest';
import { keyRedactor, redactor, redactStrings } from '../../contracts/redact.ts';

const KEY = 'fini_a1B2c3D4e5F6g7H8i9J0';
const PIECES = [KEY, KEY.slice(0, 12), KEY.slice(12)];

describe('redactStrings', () => {
  it('redacts texts and names at any depth, however deep that is', () => {
    const levels = 100_000;
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(levels)}"${KEY}"${']}'.repeat(levels)}`);
    let value = redactStrings(deep, keyRedactor([KEY]));
    for (let level = 0; level < levels; level++) [value] = (value as { a: unknown[] }).a;
    expect(value).toBe('[key]');
  });

  it('keeps names that mean something to objects', () => {
    const value: unknown = JSON.parse(`{"__proto__":{"x":"${KEY}"},"constructor":1,"${KEY}":[null,true,1.5]}`);
    const safe = redactStrings(value, redactor({ keys: PIECES, values: [], patterns: [] }));
    expect(JSON.stringify(safe)).toBe('{"__proto__":{"x":"[key]"},"constructor":1,"[key]":[null,true,1.5]}');
  });
});

describe('redactStrings of a place', () => {
  const safe = redactor({ keys: [], values: ['M\u00fcller & Co'], patterns: ['\\+\\d{2} [\\d ]{6,}', 'A/\\d{3}'] });

  it.each([
    ['#/responses/200/body/0/M%C3%BCller%20&%20Co', '#/responses/200/body/0/[personal]'],
    ['#/responses/200/body/*/+49%20171%20998', '#/responses/200/body/*/[personal]'],
    ['#/responses/200/body/0/A~1123/x', '#/responses/200/body/0/[personal]/x'],
    ['#/responses/200/body/0/50%25~1%20', '#/responses/200/body/0/50%25~1%20'],
    ['#/broken/%E0%A4/+49%20171', '#/broken/%E0%A4/+49%20171'],
  ])('reads %s as %s', (place, redacted) => expect(redactStrings({ place }, safe)).toEqual({ place: redacted }));
});

describe('keyRedactor', () => {
  const hide = keyRedactor(PIECES);

  it('takes out keys and their pieces, and nothing else', () => {
    expect(hide(`a ${KEY} b ${KEY.slice(12)} c`)).toBe('a [key] b [key] c');
    expect(hide('ann@mail.example fini_zzzzzzzzzzzzzzzz')).toBe('ann@mail.example fini_zzzzzzzzzzzzzzzz');
  });

  it('gives the same text back where there is none', () => expect(keyRedactor([])(KEY)).toBe(KEY));
});
