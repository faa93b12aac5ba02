import { describe, expect, it } from 'vitest';
import { canonical } from '../../../../scripts/drift/judge/relations/of-conversations.ts';

/** A list of a list of a list. */
function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe('the canonical form', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['of properties in another order', { a: 1, b: { c: 2, d: [] } }, { b: { d: [], c: 2 }, a: 1 }, true],
    ['of items in another order', [1, 2], [2, 1], false],
    ['of a number and its text', 1, '1', false],
    ['of null and nothing', null, undefined, false],
    ['of values that are nested deeper than a stack', nested(100_000), nested(100_000), true],
    ['of values that are nested as deep as is meant', nested(90), nested(91), false],
  ])('%s', (_, one, other, isSame) => {
    expect(canonical(one) === canonical(other)).toBe(isSame);
  });
});
