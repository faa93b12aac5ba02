import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import type { ForecastWarning, Growth } from '../../../contracts/generated/forecast.ts';
import { usageError } from '../../foundation/errors.ts';
import { QUANTILE_95 } from '../../foundation/statistics/normal.ts';
import { type DemandHistory, HOUR_MS } from './demand-history.ts';
import { MONTH_WEEKS } from './growth.ts';

/** Beyond these, a growth a month tells that the weeks are too few. */
const [LEAST, MOST] = [-0.5, 1];

/**
 * Demand as `workload learn` found it: counts by the hour, its growth where that is known well enough, and what the
 * dispersion of hours adds to the busiest one.
 * @throws HarnessError (2) where there is no whole hour
 */
export function learntDemand(arrivals: Arrivals, name: string): DemandHistory {
  const { from, counts } = arrivals.hours;
  if (counts.length < 2) throw usageError(`${name} has fewer than two whole hours: learn from a longer period`);
  const first = Date.parse(from);
  const growth = monthly(arrivals);
  const note = dispersionNote(arrivals);
  return {
    name,
    everyMs: HOUR_MS,
    counts: counts.map((n, hour) => ({
      startMs: first + hour * HOUR_MS,
      endMs: first + (hour + 1) * HOUR_MS,
      count: n,
    })),
    ...(growth === undefined ? {} : { growth }),
    notes: note === undefined ? [] : [note],
  };
}

function monthly({ growth: { value, lower, upper } }: Arrivals): Growth | undefined {
  if (value === null || lower === null || upper === null) return undefined;
  const [perMonth, least, most] = [value, lower, upper].map((it) =>
    Math.expm1(Math.log1p(Math.max(it, -1)) * MONTH_WEEKS),
  );
  if (perMonth === undefined || least === undefined || most === undefined) return undefined;
  return least >= LEAST && most <= MOST ? { perMonth, lower: least, upper: most, method: 'learnt' } : undefined;
}

/** Of an hour's count with mean m, the variance is m + v m². */
function dispersionNote({ dispersion: { value, lower }, hourOfWeek }: Arrivals): ForecastWarning | undefined {
  if (value === null || !lower) return undefined;
  const mean = hourOfWeek.reduce((most, it) => Math.max(most, it.value ?? 0), 0);
  const high = mean + QUANTILE_95 * Math.sqrt(mean + value * mean * mean);
  return { code: 'rates-vary', sd: Math.sqrt(value), mean, high };
}
