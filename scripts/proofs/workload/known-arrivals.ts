import type { Estimate } from '../../../contracts/generated/arrivals.ts';
import { type Random, random } from '../../../contracts/random.ts';
import { gammaOfMeanOne } from '../../foundation/statistics/gamma.ts';
import { arrivalLaw, hourOfWeek, WEEK_HOURS } from '../../workload/arrival-law.ts';
import { hourFactor, type KnownLaw, MONDAY } from './known-history.ts';

export interface ArrivalsLaw extends Pick<KnownLaw, 'weeks' | 'perHour' | 'dispersion'> {
  /** The hours of a day have the same variate. */
  readonly byDay?: boolean;
}

/** Shares of seeds in which the interval of a parameter holds it. */
export interface ArrivalsCoverage {
  readonly perHour: number;
  readonly growth: number;
  readonly dispersion: number;
  readonly hourOfWeek: number;
}

/** Learns the arrivals of a law from its counts by the hour alone, without a service and without conversations. */
export function arrivalsCoverage(law: ArrivalsLaw, seeds: number): ArrivalsCoverage {
  const held = { perHour: 0, growth: 0, dispersion: 0, hourOfWeek: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    // A window starts at any hour of the week.
    const from = MONDAY / 3_600_000 + ((seed * 7) % WEEK_HOURS);
    const learnt = arrivalLaw({ from, counts: countsOf(law, from, random(seed, 0x99)) });
    held.perHour += holds(learnt.perHour, law.perHour * MEAN_FACTOR) / seeds;
    held.growth += holds(learnt.growth, 0) / seeds;
    held.dispersion += holds(learnt.dispersion, law.dispersion) / seeds;
    for (const [hour, it] of learnt.hourOfWeek.entries())
      held.hourOfWeek += holds(it, law.perHour * hourFactor(hour)) / seeds / WEEK_HOURS;
  }
  return held;
}

const MEAN_FACTOR =
  Array.from({ length: WEEK_HOURS }, (_, hour) => hourFactor(hour)).reduce((sum, it) => sum + it, 0) / WEEK_HOURS;

const holds = ({ lower, upper }: Estimate, truth: number): number =>
  Number((lower ?? Number.NEGATIVE_INFINITY) <= truth && (upper ?? Number.POSITIVE_INFINITY) >= truth);

function countsOf({ weeks, perHour, dispersion, byDay = false }: ArrivalsLaw, from: number, next: Random): number[] {
  let variate = 1;
  return Array.from({ length: weeks * WEEK_HOURS }, (_, index) => {
    const hour = hourOfWeek(from + index);
    if (!byDay || hour % 24 === 0) variate = gammaOfMeanOne(dispersion, next);
    return poisson(perHour * hourFactor(hour) * variate, next);
  });
}

/** Of a small rate. */
export function poisson(rate: number, next: Random): number {
  let count = -1;
  for (let sum = 0; sum < rate; count++) sum += -Math.log(1 - next());
  return Math.max(0, count);
}
