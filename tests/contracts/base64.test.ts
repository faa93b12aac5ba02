import { describe, expect, it } from 'vitest';
import { encodedTexts } from '../../contracts/base64.ts';
import { leakIn, secretAt } from '../../contracts/leak.ts';

const TEXT = '{"path":"/v2","key":"a key of nobody?>"}';

describe('Base64 in a text', () => {
  it.each(['base64', 'base64url'] as const)('is read in the alphabet %s', (alphabet) => {
    const text = `context=${Buffer.from(TEXT).toString(alphabet)};`;
    expect(encodedTexts(text)).toEqual([{ at: 'context='.length, decoded: TEXT }]);
  });

  it.each([
    ['bytes', Buffer.from(Array.from({ length: 40 }, (_, index) => 200 - index)).toString('base64')],
    ['words', 'Donaudampfschifffahrtsgesellschaft'],
    ['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
  ])('is not in %s', (_, text) => expect(encodedTexts(text)).toEqual([]));

  it('may hide a leak', () => {
    const hidden = Buffer.from('{"authorization":"Bearer sk_live_4eC39HqLyjWDarjt"}').toString('base64');
    expect([leakIn(`ctx ${hidden}`), secretAt(`ctx ${hidden}`)]).toEqual([{ kind: 'secret', at: 4 }, 4]);
    const harmless = Buffer.from('{"createdAt":1764000000000,"id":7}').toString('base64');
    expect([leakIn(harmless), secretAt(harmless)]).toEqual([undefined, -1]);
  });
});
