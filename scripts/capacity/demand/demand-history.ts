import type { ForecastWarning, Growth } from '../../../contracts/generated/forecast.ts';

/** Conversations that began between two times (epoch ms). */
export interface Counted {
  readonly startMs: number;
  readonly endMs: number;
  readonly count: number;
}

/** Demand as a file tells it; what lies between its counts had no conversations. */
export interface DemandHistory {
  /** Name of the file. */
  readonly name: string;
  /** What a count stands for; an hour at least. */
  readonly everyMs: number;
  /** In the order of time, at least two. */
  readonly counts: readonly Counted[];
  /** As the file tells it, for where its weeks are too few. */
  readonly growth?: Growth;
  /** What a reader of the forecast is to know. */
  readonly notes?: readonly ForecastWarning[];
}

export const HOUR_MS = 3_600_000;
export const WEEK_MS = 7 * 24 * HOUR_MS;
/** The first Monday of the epoch; weeks are counted from it. */
const MONDAY_MS = 4 * 24 * HOUR_MS;

/** The number of the week (Monday to Sunday, UTC) that a time lies in. */
export const weekOf = (ms: number): number => Math.floor((ms - MONDAY_MS) / WEEK_MS);

export const weekStart = (week: number): number => MONDAY_MS + week * WEEK_MS;

/** Conversations in the busiest hour of a week. */
export interface WeekPeak {
  readonly week: number;
  readonly perHour: number;
  /** Counted from its first hour to its last. */
  readonly whole: boolean;
}

/**
 * The busiest hour of each week from the first count to the last. A count of more than an hour has its conversations
 * spread evenly, but for `peakFactor`: its busiest hour over its mean hour.
 */
export function weekPeaks({ counts }: DemandHistory, peakFactor: number): WeekPeak[] {
  const [first, last] = [counts[0], counts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [from, to] = [weekOf(first.startMs), weekOf(last.endMs - 1)];
  const peaks = new Float64Array(to - from + 1);
  for (const { startMs, endMs, count } of counts) {
    const perHour = (count * HOUR_MS * peakFactor) / (endMs - startMs);
    for (let week = weekOf(startMs); week <= weekOf(endMs - 1); week++) {
      peaks[week - from] = Math.max(peaks[week - from] ?? 0, perHour);
    }
  }
  return Array.from(peaks, (perHour, index) => ({
    week: from + index,
    perHour,
    whole: weekStart(from + index) >= first.startMs && weekStart(from + index + 1) <= last.endMs,
  }));
}
