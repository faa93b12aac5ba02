import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../scripts/drift/baseline/hashes.ts';
import { mangledWords } from '../../../../scripts/drift/baseline/wording/mangled.ts';
import type { Said } from '../../../../scripts/drift/baseline/wording/wording.ts';

const KNOWN = [new Set('where the parcel is right now in form you can look it up'.split(' ').map(hashOf))];
const said = (...messages: string[]): Said[] => messages.map((message) => ({ message, asked: '' }) as unknown as Said);

describe('words without the blank between them', () => {
  it.each([
    [
      'in each reply',
      said('Where theparcel isright now.', 'Youcan lookit up.'),
      ['theparcel', 'isright', 'youcan', 'lookit'],
    ],
    [
      'letters the other way round',
      said('Hwere the aprcel is now.', 'Wheer is a pracel?'),
      ['hwere', 'aprcel', 'wheer', 'pracel'],
    ],
    ['words turned round', said('Erehw is the lecrap.', 'Thgir erehw?'), ['erehw', 'lecrap', 'thgir']],
    ['in half of them', said('Where theparcel isright now.', 'You can look it up.'), []],
    ['once in each', said('Please inform the shop.', 'I inform you.'), []],
    ['of parts that nobody said', said('A warehouse, a mailbox.', 'A toolbox, a bookshelf.'), []],
  ])('%s', (_, replies, expected) => expect(mangledWords(replies, KNOWN)).toEqual(expected));
});
