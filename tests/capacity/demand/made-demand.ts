import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { type DemandHistory, HOUR_MS, weekOf, weekStart } from '../../../scripts/capacity/demand/demand-history.ts';
import { forecastOf } from '../../../scripts/capacity/demand/forecast.ts';

export const NOW = Date.parse('2026-11-25T10:00:00Z');
export const TURNS_EACH = 3;

/** A capacity in turns a second, certified, with its 90 % interval. */
export function capacity(certified: number | null): Parameters<typeof forecastOf>[1] {
  return {
    lambdaCert: certified,
    lambdaHat: certified === null ? null : 1.1 * certified,
    lambdaHatCI90: certified === null ? null : [1.05 * certified, 1.2 * certified],
    conversations: { turnsEach: TURNS_EACH, perSecond: null, concurrent: null },
    sensitivity: [
      { quantile: 0.99, limitMs: 8_000, lambdaHat: null, lambdaCert: certified === null ? null : certified / 2 },
    ],
    confirmation: null,
  } satisfies Partial<Capacity>;
}

export const monthly = (perMonth: number, growth: number, certified: number | null, peakFactor = 4) =>
  forecastOf(demandOf({ perMonth }, { growth, peakFactor }, NOW), capacity(certified));

/** Hours of a year and more with a busy season; each hour of the day differs. */
export function history(weeks: number, busyWeek = -1): DemandHistory {
  const from = weekStart(weekOf(NOW) - weeks);
  const counts = Array.from({ length: weeks * 168 }, (_, hour) => {
    const startMs = from + hour * HOUR_MS;
    const week = Math.floor(hour / 168);
    const count = Math.round(100 * 1.02 ** (week / 4.348) * (week === busyWeek ? 3 : 1) * (hour % 24 === 15 ? 2 : 1));
    return { startMs, endMs: startMs + HOUR_MS, count };
  });
  return { name: 'd.csv', everyMs: HOUR_MS, counts };
}
