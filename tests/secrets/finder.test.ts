import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finderOf, type Hit } from '../../scripts/secrets/finder.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function hitsOf(needles: readonly string[], text: string): Hit[] {
  const hits: Hit[] = [];
  finderOf(needles.map(bytes)).find(bytes(text), (hit) => {
    hits.push(hit);
    return false;
  });
  return hits;
}

/** All places of all needles, by the slow way. */
function placesOf(needles: readonly string[], text: string): Hit[] {
  return needles.flatMap((needle, index) =>
    [...text].flatMap((_, offset) => (text.startsWith(needle, offset) ? [{ needle: index, offset }] : [])),
  );
}

const sorted = (hits: readonly Hit[]): Hit[] => [...hits].sort((a, b) => a.offset - b.offset || a.needle - b.needle);

describe('finderOf', () => {
  it('finds every place of every needle, and no other', () => {
    // Few letters, so that needles overlap, repeat and contain each other.
    const text = (minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\u00ff'), minLength, maxLength });
    fc.assert(
      fc.property(fc.array(text(2, 6), { minLength: 1, maxLength: 5 }), text(0, 60), (needles, hay) => {
        expect(sorted(hitsOf(needles, hay))).toEqual(sorted(placesOf(needles, hay)));
      }),
      { numRuns: 500 },
    );
  });

  it('stops when told to', () => {
    let hits = 0;
    finderOf([bytes('ab')]).find(bytes('ababab'), () => {
      hits += 1;
      return true;
    });
    expect(hits).toBe(1);
  });

  it('finds nothing where it looks for nothing', () => {
    expect(hitsOf([], 'anything')).toEqual([]);
  });
});
