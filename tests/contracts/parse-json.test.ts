import { describe, expect, it } from 'vitest';
import { DEEPEST, parseJson } from '../../contracts/parse-json.ts';

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

describe('parseJson', () => {
  it('parses what JSON.parse does', () => {
    for (const text of ['null', '1e3', '"a\\u00e9"', '{"a":[1,{"b":null}]}'])
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    expect(parseJson(nested(DEEPEST)).ok).toBe(true);
  });

  it.each(['', '{', 'undefined', "{'a':1}", '[1,]', '"', `${nested(5)}]`])('%j is none, and says why', (text) => {
    expect(parseJson(text)).toEqual({ ok: false, error: expect.stringMatching(/SyntaxError/) });
  });

  it.each([
    ['arrays', nested(DEEPEST + 1)],
    ['objects', `${'{"a":'.repeat(DEEPEST + 1)}1${'}'.repeat(DEEPEST + 1)}`],
    ['both, behind much that is shallow', `[${'[],'.repeat(50_000)}${nested(DEEPEST, '[', ']')}]`],
    ['both, that never close', '[{"a":'.repeat(DEEPEST)],
    ['four megabytes of them', nested(2_000_000)],
  ])('refuses %s that are too deep, without parsing them', (_, text) => {
    expect(parseJson(text)).toEqual({ ok: false, error: `nested more than ${DEEPEST} levels deep` });
  });

  it('takes brackets in texts for text, and many shallow ones for what they are', () => {
    const text = JSON.stringify({ a: '[{"\\'.repeat(30_000), b: Array.from({ length: 30_000 }, () => [{}]) });
    expect(parseJson(text).ok).toBe(true);
  });
});
