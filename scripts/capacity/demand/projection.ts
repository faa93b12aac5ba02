import type { WeekPeak } from './demand-history.ts';
import { MONTH_WEEKS, YEAR_WEEKS } from './growth.ts';

/** The last weeks of what is known: their busiest hour is where a projection without seasons starts. */
const BASE_WEEKS = 4;
/** Feasts and sales move by a week from year to year. */
const SEASON_REACH = 1;

/**
 * The busiest hour of each week up to week `to`: as known, and beyond that with `perMonth` growth on the same week of the
 * last known year (the busiest of it and its neighbours), or where less than a year is known on the busiest of the last
 * four weeks. A last week that is not over counts as known only where it is busier than that.
 */
export function project(peaks: readonly WeekPeak[], perMonth: number, to: number): Map<number, number> {
  const over = withoutRunningWeek(peaks);
  const weeks = new Map(over.map(({ week, perHour }) => [week, perHour]));
  const [first, last] = [over[0]?.week ?? to, over.at(-1)?.week ?? to];
  const grown = (perHour: number, after: number): number => perHour * (1 + perMonth) ** (after / MONTH_WEEKS);
  const busiest = (from: number, until: number): number =>
    over.reduce((most, { week, perHour }) => (week >= from && week <= until ? Math.max(most, perHour) : most), 0);
  const isSeasonal = last - first + 1 >= YEAR_WEEKS;
  const base = busiest(last - BASE_WEEKS + 1, last);
  for (let week = last + 1; week <= to; week++) {
    const years = Math.ceil((week - last) / YEAR_WEEKS);
    const same = week - years * YEAR_WEEKS;
    const running = peaks[over.length]?.week === week ? (peaks[over.length]?.perHour ?? 0) : 0;
    const ahead = isSeasonal
      ? grown(busiest(same - SEASON_REACH, same + SEASON_REACH), years * YEAR_WEEKS)
      : grown(base, week - last);
    weeks.set(week, Math.max(running, ahead));
  }
  return weeks;
}

/** The weeks without a last one that is not over, where there are others. */
export function withoutRunningWeek(peaks: readonly WeekPeak[]): readonly WeekPeak[] {
  return peaks.length > 1 && peaks.at(-1)?.whole === false ? peaks.slice(0, -1) : peaks;
}
