import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { changePoints, SENSITIVITY, type Track } from '../../../scripts/compare/history/change-points.ts';
import { studentP } from '../../../scripts/compare/history/metrics.ts';
import { mean } from '../../../scripts/foundation/statistics/moments.ts';
import { normalDraw } from '../../../scripts/foundation/statistics/normal-draw.ts';

/** A series of logarithms. */
function track(values: readonly number[]): Track {
  return {
    values,
    difference: (from, at, to) => {
      const [before, after] = [values.slice(from, at), values.slice(at, to)];
      return { p: studentP(before, after), magnitude: Math.exp(Math.abs(mean(after) - mean(before))) - 1 };
    },
  };
}

/** Levels one after the other, with scatter. */
function steps(levels: readonly (readonly [count: number, level: number])[], sd = 0.02, seed = 1): number[] {
  const draw = random(seed);
  return levels.flatMap(([count, level]) => Array.from({ length: count }, () => level + sd * normalDraw(draw)));
}

describe('changePoints', () => {
  test.each([
    ['none in a steady series', [[60, 0]], []],
    ['none in one value', [[1, 0]], []],
    [
      'a step up',
      [
        [20, 0],
        [20, 0.2],
      ],
      [20],
    ],
    [
      'a step down',
      [
        [20, 0],
        [20, -0.2],
      ],
      [20],
    ],
    [
      'two steps',
      [
        [20, 0],
        [15, 0.3],
        [20, 0.6],
      ],
      [20, 35],
    ],
    [
      'there and back',
      [
        [20, 0],
        [15, 0.3],
        [20, 0],
      ],
      [20, 35],
    ],
    [
      'beyond one window',
      [
        [90, 0],
        [60, 0.2],
      ],
      [90],
    ],
    [
      'three runs of a new level at the end',
      [
        [30, 0],
        [3, 0.4],
      ],
      [30],
    ],
    [
      'one odd run is none',
      [
        [20, 0],
        [1, 0.6],
        [20, 0],
      ],
      [],
    ],
    [
      'too small to matter',
      [
        [100, 0],
        [100, 0.03],
      ],
      [],
    ],
  ] as const)('%s', (_, levels, expected) => {
    expect(changePoints(track(steps(levels)))).toEqual(expected);
  });

  it('does not mind runs that are exactly alike', () => {
    expect(
      changePoints(
        track(
          steps(
            [
              [20, 1],
              [20, 1],
            ],
            0,
          ),
        ),
      ),
    ).toEqual([]);
    expect(
      changePoints(
        track(
          steps(
            [
              [20, 1],
              [20, 2],
            ],
            0,
          ),
        ),
      ),
    ).toEqual([20]);
  });

  it('knows no unit: a factor on all latencies moves nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.double({ min: -5, max: 5, noNaN: true }), (seed, shift) => {
        const values = steps(
          [
            [22, 0],
            [9, 0.3],
            [25, 0.1],
          ],
          0.05,
          seed,
        );
        const moved = values.map((value) => value + shift);
        expect(changePoints(track(moved))).toEqual(changePoints(track(values)));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves pieces that are levels, each surely and relevantly other than its neighbour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
        (seed, lengths) => {
          const draw = random(seed, 1);
          const values = steps(
            lengths.map((length) => [length, draw()] as const),
            0.1,
            seed,
          );
          const it = track(values);
          const bounds = [0, ...changePoints(it), values.length];
          for (let i = 1; i + 1 < bounds.length; i += 1) {
            const [from = 0, at = 0, to = 0] = bounds.slice(i - 1, i + 2);
            expect(Math.min(at - from, to - at)).toBeGreaterThanOrEqual(SENSITIVITY.least);
            const { p, magnitude } = it.difference(from, at, to);
            expect(p).toBeLessThan(SENSITIVITY.alpha);
            expect(magnitude).toBeGreaterThanOrEqual(SENSITIVITY.magnitude);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
