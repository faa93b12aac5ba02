import type { DemandSource, ForecastWarning, Growth } from '../../../contracts/generated/forecast.ts';
import { usageError } from '../../foundation/errors.ts';
import { type DemandHistory, HOUR_MS, WEEK_MS, type WeekPeak, weekOf, weekPeaks, weekStart } from './demand-history.ts';
import { givenGrowth, growthOf } from './growth.ts';
import { project, withoutRunningWeek } from './projection.ts';

/** Hours of a mean month. */
const MONTH_HOURS = (365.25 / 12) * 24;
/** Three years: a growth that is believed for longer is a guess. */
const HORIZON_WEEKS = 157;
/** A busiest hour is looked for in so many weeks: each hour of the week is in them four times. */
export const PEAK_WEEKS = 4;
const STALE_WEEKS = 8;

/** What demand is told by: conversations a month, or a file of counts. */
export type DemandInput = { readonly perMonth: number } | DemandHistory;

export interface DemandSettings {
  /** Busiest hour over mean hour of what was counted. */
  readonly peakFactor?: number | undefined;
  /** A month; 0.05 is 5 %. */
  readonly growth?: number | undefined;
}

export interface DemandedWeek {
  readonly week: number;
  readonly known: boolean;
  /** Conversations in its busiest hour, and those at the bounds of an estimated growth. */
  readonly perHour: number;
  readonly lower: number;
  readonly upper: number;
}

/** Demand by weeks, from the first that is known to the horizon. */
export interface Demand {
  readonly asOfMs: number;
  readonly source: DemandSource;
  readonly peakFactor: number;
  readonly growth: Growth;
  readonly weeks: readonly DemandedWeek[];
  readonly warnings: readonly ForecastWarning[];
}

/**
 * Lays demand out over the weeks up to three years from now.
 * @throws HarnessError (2) where the peak factor or the growth is neither given nor to be had from the input
 */
export function demandOf(input: DemandInput, settings: DemandSettings, nowMs: number): Demand {
  const peakFactor = peakFactorOf(input, settings);
  const now = weekOf(nowMs);
  const peaks = 'perMonth' in input ? monthlyPeak(input.perMonth, peakFactor, now) : weekPeaks(input, peakFactor);
  const growth = settings.growth === undefined ? estimate(input, peaks) : givenGrowth(settings.growth);
  const to = Math.max(now, peaks[0]?.week ?? now) + HORIZON_WEEKS;
  const at = (perMonth: number): Map<number, number> => project(peaks, perMonth, to);
  const [perHour, lower, upper] = [growth.perMonth, growth.lower, growth.upper].map((it) => at(it ?? growth.perMonth));
  const lastKnown = 'perMonth' in input ? Number.NEGATIVE_INFINITY : (withoutRunningWeek(peaks).at(-1)?.week ?? 0);
  return {
    asOfMs: nowMs,
    source: sourceOf(input),
    peakFactor,
    growth,
    weeks: [...(perHour ?? [])].map(([week, value]) => ({
      week,
      known: week <= lastKnown,
      perHour: value,
      lower: lower?.get(week) ?? value,
      upper: upper?.get(week) ?? value,
    })),
    warnings: warningsOf(input, peaks, growth, now),
  };
}

const monthlyPeak = (perMonth: number, peakFactor: number, week: number): WeekPeak[] => [
  { week, perHour: (perMonth / MONTH_HOURS) * peakFactor, whole: true },
];

function peakFactorOf(input: DemandInput, { peakFactor }: DemandSettings): number {
  if (peakFactor !== undefined) return peakFactor;
  if ('everyMs' in input && input.everyMs <= HOUR_MS) return 1;
  const counted = 'perMonth' in input ? 'a month' : `${Math.round(input.everyMs / HOUR_MS)} hours`;
  throw usageError(
    `--peak-factor: a count of ${counted} does not show its busiest hour: give its ratio to an average hour, such as 4`,
  );
}

function estimate(input: DemandInput, peaks: readonly WeekPeak[]): Growth {
  const growth = 'perMonth' in input ? undefined : (growthOf(peaks, input.everyMs / WEEK_MS) ?? input.growth);
  if (growth !== undefined) return growth;
  const why = 'perMonth' in input ? 'one number does' : 'fewer than 8 whole weeks (or counts) with conversations do';
  throw usageError(`--growth: ${why} not show growth: give it per month, such as 3%, or 0%`);
}

function sourceOf(input: DemandInput): DemandSource {
  const none = { name: null, from: null, to: null, everyHours: null };
  if ('perMonth' in input) return { kind: 'monthly', conversations: input.perMonth, ...none };
  const { name, everyMs, counts } = input;
  return {
    kind: 'file',
    name,
    conversations: counts.reduce((sum, { count }) => sum + count, 0),
    from: new Date(counts[0]?.startMs ?? 0).toISOString(),
    to: new Date(counts.at(-1)?.endMs ?? 0).toISOString(),
    everyHours: everyMs / HOUR_MS,
  };
}

function warningsOf(input: DemandInput, peaks: readonly WeekPeak[], growth: Growth, now: number): ForecastWarning[] {
  if ('perMonth' in input) return [];
  const warnings: ForecastWarning[] = [...(input.notes ?? [])];
  const [first, last] = [peaks[0]?.week ?? now, peaks.at(-1)?.week ?? now];
  const day = (week: number): string => new Date(weekStart(week)).toISOString().slice(0, 10);
  if (now - last > STALE_WEEKS) warnings.push({ code: 'counts-end', week: day(last) });
  if (first > now) warnings.push({ code: 'counts-begin', week: day(first) });
  if (peaks.length < PEAK_WEEKS) warnings.push({ code: 'few-weeks' });
  if (growth.method === 'trend' || growth.method === 'learnt') warnings.push({ code: 'season-unknown' });
  return warnings;
}
