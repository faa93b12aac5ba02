import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import type { WeekPeak } from '../../../scripts/capacity/demand/demand-history.ts';
import { growthOf, MONTH_WEEKS } from '../../../scripts/capacity/demand/growth.ts';

/** Weeks that grow by a share a month, with noise and a season of the year. */
function weeks(count: number, perMonth: number, { noise = 0, season = 0, seed = 1 } = {}): WeekPeak[] {
  const draw = random(seed, 1);
  return Array.from({ length: count }, (_, week) => ({
    week,
    perHour:
      1000 *
      (1 + perMonth) ** (week / MONTH_WEEKS) *
      (1 + season * Math.sin((2 * Math.PI * week) / 52)) *
      (1 + noise * (draw() - 0.5)),
    whole: true,
  }));
}

describe('growthOf', () => {
  it('is exact without noise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 120 }),
        fc.double({ min: -0.1, max: 0.2, noNaN: true }),
        (count, perMonth) => {
          expect(growthOf(weeks(count, perMonth), 0)?.perMonth).toBeCloseTo(perMonth, 9);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    [20, 'trend', 0],
    [110, 'year-over-year', 0.5],
  ])('holds the truth in its interval in most of 40 histories of %i weeks', (count, method, season) => {
    const found = Array.from({ length: 40 }, (_, seed) =>
      growthOf(weeks(count, 0.03, { noise: 0.2, season, seed }), 0),
    );
    expect(found.every((it) => it?.method === method)).toBe(true);
    const held = found.filter((it) => (it?.lower ?? 1) <= 0.03 && (it?.upper ?? 0) >= 0.03);
    expect(held.length).toBeGreaterThanOrEqual(34);
  });

  it('takes no season for growth once it can tell them apart', () => {
    const history = weeks(70, 0.02, { season: 0.5 });
    expect(growthOf(history, 0)?.perMonth).toBeCloseTo(0.02, 6);
    expect(Math.abs((growthOf(history.slice(0, 13), 0)?.perMonth ?? 0) - 0.02)).toBeGreaterThan(0.02);
  });

  it.each([
    ['seven weeks', weeks(7, 0.03), 0],
    ['weeks without conversations', weeks(20, 0).map((it) => ({ ...it, perHour: 0 })), 0],
    ['partial weeks', weeks(20, 0.03).map((it) => ({ ...it, whole: false })), 0],
    ['twenty weeks of monthly counts', weeks(20, 0.03), 4.35],
  ])('does not tell from %s', (_, history, everyWeeks) => {
    expect(growthOf(history, everyWeeks)).toBeUndefined();
  });
});
