import { describe, expect, it } from 'vitest';
import type { NumberMeasure } from '../../../scripts/workload/shape/distribution.ts';
import { histogramOf, meanOf, quantileOf, sharesOf, sorted } from '../../../scripts/workload/shape/distribution.ts';

const of = (...values: number[]) => sorted([{ weight: 1, values }]);
const measure = (whole: boolean, least = 1): NumberMeasure => ({
  ...{ id: 'turns', title: 'X', of: 'x', valuesOf: () => [], unit: String, whole, least },
});

describe('a weighted distribution', () => {
  const weighted = sorted([
    { weight: 3, values: [1] },
    { weight: 1, values: [9, 5] },
    { weight: 0, values: [1000] },
  ]);

  it('counts each value as often as its conversation', () => {
    expect(meanOf(weighted)).toBeCloseTo(17 / 5);
    expect([0.1, 0.6, 0.7, 1].map((q) => quantileOf(weighted, q))).toEqual([1, 1, 5, 9]);
  });

  it.each([
    [
      of(1, 1, 3),
      true,
      [
        ['1', 2 / 3],
        ['2', 0],
        ['3', 1 / 3],
      ],
    ],
    [of(2, 40), true, [['2', 0.5], ...[3, 4, 5, 6, 7, 8, 9].map((it) => [String(it), 0]), ['10 or more', 0.5]]],
    [
      of(0, 0.5, 1, 4.9, 5),
      false,
      [
        ['0 to 1', 0.4],
        ['1 to 2', 0.2],
        ['2 to 5', 0.2],
        ['5 to 10', 0.2],
      ],
    ],
    [
      of(1000, 1999, 2000),
      false,
      [
        ['1000 to 2000', 2 / 3],
        ['2000 to 5000', 1 / 3],
      ],
    ],
    [of(), false, []],
  ])('has the parts of %j', (values, whole, parts) => {
    expect(histogramOf(values, measure(whole)).map(({ name, share }) => [name, share])).toEqual(parts);
  });

  it('has one part below the least edge', () => {
    expect(histogramOf(of(0, 3, 50, 250), measure(false, 100)).map(({ name, share }) => [name, share])).toEqual([
      ['0 to 100', 0.75],
      ['100 to 200', 0],
      ['200 to 500', 0.25],
    ]);
  });

  it('has the largest share first', () => {
    const shares = sharesOf([
      { weight: 1, values: ['b', 'a'] },
      { weight: 2, values: ['a'] },
    ]);
    expect(shares).toEqual([
      { name: 'a', share: 0.75 },
      { name: 'b', share: 0.25 },
    ]);
  });
});
