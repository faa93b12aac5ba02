import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../contracts/excerpt.ts';

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('excerpt', () => {
  it('of a small value is its JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 7 }), (value) => {
        expect(excerpt(value, 1_000_000)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('shows how deep a value goes on, and not what is there', () => {
    expect(excerpt(deep(9), 1_000)).toBe(JSON.stringify(deep(9)));
    expect(excerpt(deep(10), 1_000)).toBe('[[[[[[[[[…]]]]]]]]]');
    expect(excerpt(deep(1_000_000), 1_000)).toBe('[[[[[[[[[…]]]]]]]]]');
    const objects = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) as unknown;
    expect(excerpt(objects, 1_000)).toContain('{…}');
  });

  it('begins as the JSON text does, and ends soon after so many characters', () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => ({ [`name ${index}`]: 'text' }));
    const text = excerpt(rows, 1_000);
    expect(text.length).toBeLessThan(1_100);
    expect(JSON.stringify(rows)).toContain(text.slice(0, 1_000));
    expect(excerpt({ ['n'.repeat(1_000_000)]: 't'.repeat(1_000_000) }, 100).length).toBeLessThan(300);
  });

  it('of an absent value in a list is null, as in JSON', () => expect(excerpt([undefined, 1], 10)).toBe('[null,1]'));
});
