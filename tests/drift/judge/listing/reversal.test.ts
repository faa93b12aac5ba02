import { describe, expect, it } from 'vitest';
import { isReversed } from '../../../../scripts/drift/judge/listing/reversal.ts';

const rising = (count: number): number[] => Array.from({ length: count }, (_, index) => 10 * index);
/** Newest first, of which every second one comes from a clock that is two seconds late. */
const twoClocks = rising(20)
  .map((time, index) => time - (index % 2) * 2_000)
  .reverse();

describe('times that should fall', () => {
  it.each<[string, readonly number[], boolean]>([
    ['none', [], false],
    ['rise nine times, which chance does once in 360,000 pages', rising(9), false],
    ['rise ten times', rising(10), true],
    ['rise but for two pairs, of twelve', [...rising(10), 10, 20], false],
    ['rise in most pairs of many', [50, ...rising(20)], true],
    ['are equal', new Array<number>(20).fill(1), false],
    ['fall', rising(20).reverse(), false],
    ['fall, by two clocks', twoClocks, false],
    ['rise in the few pairs that there are, by two clocks', [0, 1_900, 3_800, 3_000, 3_900], false],
  ])('%s', (_, times, expected) => expect(isReversed(times)).toBe(expected));
});
