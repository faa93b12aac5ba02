import { describe, expect, it } from 'vitest';
import { type ArrivalsLaw, arrivalsCoverage } from '../../scripts/proofs/workload/known-arrivals.ts';
import { arrivalLaw, WEEK_HOURS } from '../../scripts/workload/arrival-law.ts';

const SEEDS = 100;
/** Of 100 intervals that each cover 95 %, fewer cover the truth in one of 1,600 such counts. */
const LEAST_HELD = 0.87;

describe('arrivalLaw', () => {
  it.each<ArrivalsLaw>([
    { weeks: 2, perHour: 5, dispersion: 0.09 },
    { weeks: 2, perHour: 2, dispersion: 2 },
    { weeks: 4, perHour: 0.5, dispersion: 0 },
    { weeks: 4, perHour: 5, dispersion: 0.5 },
    { weeks: 8, perHour: 5, dispersion: 0.09 },
    { weeks: 4, perHour: 5, dispersion: 0.09, byDay: true },
  ])('has intervals that hold the law as often as they say: %j', (law) => {
    const { perHour, dispersion, hourOfWeek } = arrivalsCoverage(law, SEEDS);
    expect(perHour).toBeGreaterThanOrEqual(LEAST_HELD);
    // Few days show little of how days vary.
    expect(dispersion).toBeGreaterThanOrEqual(law.byDay ? 0.8 : LEAST_HELD);
    expect(hourOfWeek).toBeGreaterThan(0.93);
  });

  it('finds no dispersion in fewer than 50 conversations, or two weeks', () => {
    const rare = Array.from({ length: 672 }, (_, hour) => Number(hour % 17 === 0));
    expect(arrivalLaw({ from: 0, counts: rare }).dispersion.value).toBeNull();
    expect(arrivalLaw({ from: 0, counts: Array(335).fill(20) }).dispersion.value).toBeNull();
    expect(arrivalLaw({ from: 0, counts: Array(336).fill(20) }).dispersion.value).toBe(0);
  });

  it.each<[string, (hour: number) => number]>([
    ['none', () => 0],
    ['the same number in every hour', () => 1_000],
    ['one hour of many', (hour) => (hour === 99 ? 1e6 : 0)],
    ['one hour of many among few', (hour) => (hour === 99 ? 1e6 : 1)],
    ['one busy hour of the week', (hour) => (hour % WEEK_HOURS === 3 ? 1e4 + hour : 0)],
    ['every other week', (hour) => (Math.floor(hour / WEEK_HOURS) % 2 === 0 ? 1e5 : 0)],
    ['one in a month', (hour) => Number(hour % 700 === 5)],
    ...[40, 80, 160, 320, 640].map((rate): [string, (hour: number) => number] => [
      `${rate} an hour`,
      (hour) => rate + ((hour * 31) % 7),
    ]),
  ])('has finite intervals around its values: %s', (_, countOf) => {
    for (const length of [0, 1, 25, 168, 169, 335, 336, 337, 700, 1_344]) {
      const {
        perHour,
        growth,
        dispersion,
        hourOfWeek: hours,
      } = arrivalLaw({
        from: 490_123,
        counts: Array.from({ length }, (__, hour) => countOf(hour)),
      });
      for (const { value, lower, upper } of [perHour, growth, dispersion, ...hours]) {
        for (const it of [value, lower, upper]) expect(it === null || Number.isFinite(it)).toBe(true);
        expect(value ?? 0).toBeGreaterThanOrEqual((lower ?? value ?? 0) - 1e-9);
        expect(value ?? 0).toBeLessThanOrEqual((upper ?? value ?? 0) + 1e-9);
      }
    }
  });
});
