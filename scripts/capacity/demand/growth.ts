import type { Growth } from '../../../contracts/generated/forecast.ts';
import { quantile } from '../../analysis/metrics/percentile.ts';
import { binomialQuantile } from '../../foundation/statistics/binomial.ts';
import { WEEK_MS, type WeekPeak } from './demand-history.ts';

/** Fewer pairs of weeks, or weeks, do not tell growth from chance. */
const LEAST = 8;
export const YEAR_WEEKS = 52;
/** Weeks of a mean month (a year of 365.25 days has twelve). */
export const MONTH_WEEKS = (365.25 / 12) * (86_400_000 / WEEK_MS);
const NORMAL_95 = 1.96;
const TAIL = 0.025;

export const givenGrowth = (perMonth: number): Growth => ({ perMonth, lower: null, upper: null, method: 'given' });

/**
 * Growth of the weeks' busiest hours. From 60 weeks on by the median ratio of weeks to those 52 weeks before, which no
 * season of the year disturbs; else by the median slope of their logarithms (P. K. Sen, JASA 63 (1968)). Partial weeks
 * and weeks without conversations are left out. `everyWeeks`: weeks that a count of the file stands for; weeks of one
 * count are one observation.
 * @returns undefined where there are fewer than 8 observations
 */
export function growthOf(peaks: readonly WeekPeak[], everyWeeks: number): Growth | undefined {
  const stride = Math.max(1, Math.round(everyWeeks));
  const usable = peaks.filter(({ perHour, whole }) => whole && perHour > 0);
  return yearOverYear(usable, stride) ?? trend(usable, stride);
}

function yearOverYear(peaks: readonly WeekPeak[], stride: number): Growth | undefined {
  const byWeek = new Map(peaks.map(({ week, perHour }) => [week, perHour]));
  const ratios = peaks.flatMap(({ week, perHour }) => {
    const before = byWeek.get(week - YEAR_WEEKS);
    return before === undefined || week % stride !== 0 ? [] : [Math.log(perHour / before) / YEAR_WEEKS];
  });
  if (ratios.length < LEAST) return undefined;
  const sorted = Float64Array.from(ratios).sort();
  const rank = binomialQuantile(TAIL, sorted.length, 0.5);
  return growth('year-over-year', quantile(sorted, 0.5), [
    sorted[Math.max(0, rank - 1)],
    sorted[Math.min(sorted.length - 1, sorted.length - rank)],
  ]);
}

function trend(peaks: readonly WeekPeak[], stride: number): Growth | undefined {
  const points = peaks.filter(({ week }) => week % stride === 0);
  const n = points.length;
  if (n < LEAST) return undefined;
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => Math.log(b.perHour / a.perHour) / (b.week - a.week)),
  );
  const sorted = Float64Array.from(slopes).sort();
  // Standard deviation of Kendall's statistic: so many slopes on either side of the median one.
  const reach = NORMAL_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const lower = Math.max(0, Math.floor((sorted.length - reach) / 2));
  const upper = Math.min(sorted.length - 1, Math.ceil((sorted.length + reach) / 2));
  return growth('trend', quantile(sorted, 0.5), [sorted[lower], sorted[upper]]);
}

function growth(method: Growth['method'], perWeek: number, bounds: readonly (number | undefined)[]): Growth {
  const [lower = null, upper = null] = bounds.map((bound) => (bound === undefined ? null : perMonth(bound)));
  return { perMonth: perMonth(perWeek), lower, upper, method };
}

const perMonth = (logPerWeek: number): number => Math.expm1(logPerWeek * MONTH_WEEKS);
