import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotsOf } from '../../scripts/compare/interleave/slots.ts';

describe('slotsOf', () => {
  it('alternates: ABBA BAAB', () => {
    expect(slotsOf(5).map(({ pair, arm }) => `${arm[0]}${pair}`)).toEqual([
      'b1',
      'c1',
      'c2',
      'b2',
      'c3',
      'b3',
      'b4',
      'c4',
      'b5',
      'c5',
    ]);
  });

  it('is even: each pair is whole before the next one begins, and a steady drift meets both arms alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), (fours) => {
        const slots = slotsOf(4 * fours);
        const place = (name: string): number => slots.reduce((sum, { arm }, at) => sum + (arm === name ? at : 0), 0);
        expect(place('baseline')).toBe(place('candidate'));
        expect(slots.map(({ pair }) => pair)).toEqual(slots.map((_, at) => Math.floor(at / 2) + 1));
      }),
    );
  });
});
