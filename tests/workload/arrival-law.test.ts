import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../contracts/generated/arrivals.ts';
import { random } from '../../contracts/random.ts';
import { gammaOfMeanOne } from '../../scripts/foundation/statistics/gamma.ts';
import { hourFactor, MONDAY } from '../../scripts/proofs/workload/known-history.ts';
import { arrivalLaw, hourOfWeek, WEEK_HOURS } from '../../scripts/workload/arrival-law.ts';
import { poisson } from './made-model.ts';

const SEEDS = 100;
/** Of 100 intervals that each cover 95 %, fewer cover the truth in one of 1,600 such counts. */
const LEAST_COVERED = 87;
/** A window may start at any hour of the week. */
const from = (seed: number): number => MONDAY / 3_600_000 + ((seed * 7) % WEEK_HOURS);

interface Law {
  readonly weeks: number;
  readonly perHour: number;
  readonly dispersion: number;
  /** The hours of a day share their rate's variate. */
  readonly byDay?: boolean;
}

function countsOf({ weeks, perHour, dispersion, byDay = false }: Law, seed: number): number[] {
  const next = random(seed, 0x99);
  let variate = 1;
  return Array.from({ length: weeks * WEEK_HOURS }, (_, index) => {
    const hour = hourOfWeek(from(seed) + index);
    if (!byDay || hour % 24 === 0) variate = gammaOfMeanOne(dispersion, next);
    return poisson(perHour * hourFactor(hour) * variate, next);
  });
}

const MEAN_FACTOR =
  Array.from({ length: WEEK_HOURS }, (_, hour) => hourFactor(hour)).reduce((a, b) => a + b) / WEEK_HOURS;
const covers = ({ lower, upper }: Estimate, truth: number): boolean =>
  (lower ?? -1) <= truth && (upper ?? Number.POSITIVE_INFINITY) >= truth;

describe('arrivalLaw', () => {
  it.each<Law>([
    { weeks: 2, perHour: 5, dispersion: 0.09 },
    { weeks: 2, perHour: 2, dispersion: 2 },
    { weeks: 4, perHour: 0.5, dispersion: 0 },
    { weeks: 4, perHour: 5, dispersion: 0.5 },
    { weeks: 8, perHour: 5, dispersion: 0.09 },
    { weeks: 4, perHour: 5, dispersion: 0.09, byDay: true },
  ])('has intervals that hold the law as often as they say: %j', (law) => {
    const found = { perHour: 0, dispersion: 0, hours: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const learnt = arrivalLaw({ from: from(seed), counts: countsOf(law, seed) });
      found.perHour += Number(covers(learnt.perHour, law.perHour * MEAN_FACTOR));
      found.dispersion += Number(covers(learnt.dispersion, law.dispersion));
      found.hours += learnt.hourOfWeek.filter((it, hour) => covers(it, law.perHour * hourFactor(hour))).length;
    }
    expect(found.perHour).toBeGreaterThanOrEqual(LEAST_COVERED);
    expect(found.dispersion).toBeGreaterThanOrEqual(law.byDay ? LEAST_COVERED - 7 : LEAST_COVERED);
    expect(found.hours / (SEEDS * WEEK_HOURS)).toBeGreaterThan(0.93);
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
    for (const length of [0, 1, 25, 168, 335, 336, 337, 700, 1_344]) {
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
