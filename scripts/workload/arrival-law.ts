import type { Arrivals, Estimate } from '../../contracts/generated/arrivals.ts';
import { mean } from '../foundation/statistics/moments.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import { type Cell, type DayContrast, dayContrasts, dispersionOf, freedomOf } from './dispersion.ts';
import { NORMAL, rateEstimate, studentEstimate, TAIL, unknown } from './estimate.ts';
import { HOUR_MS } from './tally.ts';

export const WEEK_HOURS = 168;
const DAY_HOURS = 24;
/** The first Monday of the epoch. */
const MONDAY_HOUR = 4 * DAY_HOURS;
const MOST_PEAKS = 5;
const LEAST_WEEKS = 3;

/** Conversations by the hour: `from` is the number of the first hour since the epoch. */
export interface HourlySeries {
  readonly from: number;
  readonly counts: readonly number[];
}

type ArrivalLaw = Pick<Arrivals, 'perHour' | 'hourOfWeek' | 'growth' | 'dispersion' | 'busiestDay' | 'peaks'>;

/** The whole hours of a window. */
export function hourlySeries(hours: ReadonlyMap<number, number>, sinceMs: number, untilMs: number): HourlySeries {
  const from = Math.ceil(sinceMs / HOUR_MS);
  const length = Math.max(0, Math.floor(untilMs / HOUR_MS) - from);
  return { from, counts: Array.from({ length }, (_, index) => hours.get(from + index) ?? 0) };
}

/** Rates by hour of the week, growth, and dispersion beyond a Poisson process. */
export function arrivalLaw(series: HourlySeries): ArrivalLaw {
  const { from, counts } = series;
  const growth = growthOf(counts);
  const isGrowing = growth.lower !== null && (growth.lower > 0 || (growth.upper ?? 0) < 0);
  const trend = trendOf(counts.length, isGrowing ? Math.log1p(growth.value ?? 0) : 0);
  const cells = cellsOf(series);
  const days = dayContrasts(withoutTrend(series, trend), cells);
  const dispersion = dispersionOf(days, cells);
  const spread = dispersion.value ?? 0;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    perHour: rateEstimate(total, counts.length, sizeOf(days, total, spread)),
    hourOfWeek: cells.map(({ count, hours }) => rateEstimate(count, hours, hours / spread)),
    growth,
    dispersion,
    busiestDay: busiestDay(from, counts),
    peaks: peaksOf(from, counts),
  };
}

export const hourOfWeek = (hour: number): number => (((hour - MONDAY_HOUR) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;

function cellsOf({ from, counts }: HourlySeries): Cell[] {
  const cells = Array.from({ length: WEEK_HOURS }, () => ({ count: 0, hours: 0 }));
  for (const [index, count] of counts.entries()) {
    const cell = cells[hourOfWeek(from + index)];
    if (cell === undefined) continue;
    cell.count += count;
    cell.hours += 1;
  }
  return cells;
}

/**
 * Of the number of all conversations, as a negative binomial one: its variance is that of days, whose hours vary together. A
 * variance that is estimated from few days makes a wider interval, as Student's t does.
 */
function sizeOf(days: readonly DayContrast[], total: number, spread: number): number | undefined {
  const variance = days.reduce((sum, day) => sum + day.total ** 2, 0);
  const weights = days.map(({ noise, square }) => noise + spread * Math.max(0, square));
  const freedom = freedomOf(weights);
  if (freedom === 0 || total === 0) return undefined;
  const factor = Math.max(1, variance / total) * (criticalValue(TAIL, freedom) / NORMAL) ** 2;
  return total / (factor - 1);
}

/** Least squares on the logarithms of the totals of whole weeks, the last one ending with the series. */
function growthOf(counts: readonly number[]): Estimate {
  const weeks = Math.floor(counts.length / WEEK_HOURS);
  const start = counts.length - weeks * WEEK_HOURS;
  const totals = Array.from({ length: weeks }, (_, week) => {
    const at = start + week * WEEK_HOURS;
    return counts.slice(at, at + WEEK_HOURS).reduce((sum, count) => sum + count, 0);
  });
  if (weeks < LEAST_WEEKS || totals.some((total) => total === 0)) return unknown(weeks);
  const logs = totals.map(Math.log);
  const [centre, level] = [(weeks - 1) / 2, mean(logs)];
  const spread = logs.reduce((sum, _, week) => sum + (week - centre) ** 2, 0);
  const slope = logs.reduce((sum, log, week) => sum + (week - centre) * (log - level), 0) / spread;
  const residual = logs.reduce((sum, log, week) => sum + (log - level - slope * (week - centre)) ** 2, 0);
  const { lower, upper } = studentEstimate(weeks, slope, Math.sqrt(residual / (weeks - 2) / spread), weeks - 2);
  return {
    n: weeks,
    value: Math.expm1(slope),
    lower: lower === null ? null : Math.expm1(lower),
    upper: upper === null ? null : Math.expm1(upper),
  };
}

/** Of each hour, around 1. */
function trendOf(length: number, perWeek: number): readonly number[] {
  const raw = Array.from({ length }, (_, index) => Math.exp((perWeek * (index - length / 2)) / WEEK_HOURS));
  const centre = mean(raw);
  return raw.map((value) => value / centre);
}

const withoutTrend = ({ from, counts }: HourlySeries, trend: readonly number[]) =>
  counts.map((count, index) => ({
    day: Math.floor((from + index) / DAY_HOURS),
    hour: hourOfWeek(from + index),
    count: count / (trend[index] ?? 1),
  }));

const instantOf = (hour: number): string => new Date(hour * HOUR_MS).toISOString();

function peaksOf(from: number, counts: readonly number[]): Arrivals['peaks'] {
  const ranked = counts.map((conversations, index) => ({ index, conversations })).filter((it) => it.conversations > 0);
  ranked.sort((a, b) => b.conversations - a.conversations || a.index - b.index);
  return ranked
    .slice(0, MOST_PEAKS)
    .map(({ index, conversations }) => ({ from: instantOf(from + index), conversations }));
}

/** Of whole days of UTC. */
function busiestDay(from: number, counts: readonly number[]): Arrivals['busiestDay'] {
  const first = (DAY_HOURS - (from % DAY_HOURS)) % DAY_HOURS;
  let busiest: Arrivals['busiestDay'] = null;
  for (let at = first; at + DAY_HOURS <= counts.length; at += DAY_HOURS) {
    const conversations = counts.slice(at, at + DAY_HOURS).reduce((sum, count) => sum + count, 0);
    if (conversations > (busiest?.conversations ?? 0)) busiest = { from: instantOf(from + at), conversations };
  }
  return busiest;
}
