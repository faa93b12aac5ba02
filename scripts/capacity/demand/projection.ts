import type { WeekPeak } from './demand-history.ts';
import { MONTH_WEEKS, YEAR_WEEKS } from './growth.ts';

/** The last weeks of what is known: their busiest hour is where a projection without seasons starts. */
const BASE_WEEKS = 4;
/** Feasts and sales move by a week from year to year. */
const SEASON_REACH = 1;

/**
 * The busiest hour of each week up to week `to`: as known, and beyond that with `perMonth` growth on the same week of the
 * last known year (the busiest of it and its neighbours), or where less than a year is known on the busiest of the last four weeks.
 */
export function project(peaks: readonly WeekPeak[], perMonth: number, to: number): Map<number, number> {
  const weeks = new Map(peaks.map(({ week, perHour }) => [week, perHour]));
  const [first, last] = [peaks[0]?.week ?? to, peaks.at(-1)?.week ?? to];
  const grown = (perHour: number, after: number): number => perHour * (1 + perMonth) ** (after / MONTH_WEEKS);
  const busiest = (from: number, until: number): number =>
    peaks.reduce((most, { week, perHour }) => (week >= from && week <= until ? Math.max(most, perHour) : most), 0);
  const isSeasonal = last - first + 1 >= YEAR_WEEKS;
  const base = busiest(last - BASE_WEEKS + 1, last);
  for (let week = last + 1; week <= to; week++) {
    const years = Math.ceil((week - last) / YEAR_WEEKS);
    const same = week - years * YEAR_WEEKS;
    weeks.set(
      week,
      isSeasonal
        ? grown(busiest(same - SEASON_REACH, same + SEASON_REACH), years * YEAR_WEEKS)
        : grown(base, week - last),
    );
  }
  return weeks;
}
