import type { Capacity } from '../../../contracts/generated/capacity.ts';
import type { Crossing, Forecast, MoreDemand } from '../../../contracts/generated/forecast.ts';
import { type Demand, type DemandedWeek, PEAK_WEEKS } from './demand.ts';
import { HOUR_MS, weekOf, weekStart } from './demand-history.ts';

const HOUR_S = HOUR_MS / 1000;
const DAY_MS = 24 * HOUR_MS;
const MORE = [0.25, 0.5, 1];
const AHEAD_WEEKS = [26, 52, 104];

/** What of a finished search demand is held against. */
type Searched = Pick<
  Capacity,
  'lambdaCert' | 'lambdaHat' | 'lambdaHatCI90' | 'conversations' | 'sensitivity' | 'confirmation'
>;

/**
 * Holds demand against a capacity: the peak of now, the dates when it outgrows the certified rate and what is believed of
 * the true one, and how many independent copies larger peaks need. `more`: an increase to tell of beside the usual ones.
 */
export function forecastOf(demand: Demand, capacity: Searched, more?: number): Forecast {
  const { turnsEach } = capacity.conversations;
  const { asOfMs, source, peakFactor, growth, warnings } = demand;
  const now = peakNow(demand);
  const certified = capacity.lambdaCert === null ? null : capacity.lambdaCert / turnsEach;
  return {
    asOf: new Date(asOfMs).toISOString(),
    horizon: new Date(weekStart((demand.weeks.at(-1)?.week ?? 0) + 1)).toISOString(),
    source,
    peakFactor,
    growth,
    turnsEach,
    peak: {
      conversationsPerHour: now,
      conversationsPerSecond: now / HOUR_S,
      turnsPerSecond: (now / HOUR_S) * turnsEach,
    },
    certified,
    headroom: certified === null || now === 0 ? null : certified / (now / HOUR_S) - 1,
    crossing: crossingOf(demand, capacity),
    more: moreOf(demand, now, { turnsEach, certified }, more),
    sensitivity: capacity.sensitivity.flatMap(({ quantile, limitMs, lambdaCert }) => {
      if (lambdaCert === null) return [];
      const rate = lambdaCert / turnsEach;
      return [{ quantile, limitMs, certified: rate, crossing: firstAbove(demand, rate) }];
    }),
    weeks: demand.weeks.map(({ week, known, perHour, lower, upper }) => ({
      from: date(weekStart(week)),
      known,
      conversationsPerSecond: perHour / HOUR_S,
      lower: lower / HOUR_S,
      upper: upper / HOUR_S,
    })),
    warnings: [...warnings, ...(capacity.confirmation?.met === false ? [{ code: 'objective-missed' } as const] : [])],
  };
}

/** The busiest hour of the last four weeks, or of the first four where all are to come. */
function peakNow({ weeks, asOfMs }: Demand, by: keyof Bounds = 'perHour'): number {
  const [first = 0, now] = [weeks[0]?.week, weekOf(asOfMs)];
  const to = now < first ? first + PEAK_WEEKS - 1 : now;
  return busiest(weeks, [to - PEAK_WEEKS + 1, to], by);
}

function busiest(
  weeks: readonly DemandedWeek[],
  [from, to]: readonly [from: number, to: number],
  by: keyof Bounds = 'perHour',
): number {
  return weeks.reduce((most, it) => (it.week >= from && it.week <= to ? Math.max(most, it[by]) : most), 0);
}

function crossingOf(demand: Demand, { lambdaCert, lambdaHat, lambdaHatCI90, conversations }: Searched): Crossing {
  if (lambdaCert === null) return null;
  const above = (turns: number, by: keyof Bounds = 'perHour') =>
    firstAbove(demand, turns / conversations.turnsEach, by);
  const isEstimated = demand.growth.lower !== null;
  const known = {
    certified: above(lambdaCert),
    certifiedByGrowth: isEstimated ? [above(lambdaCert, 'upper'), above(lambdaCert, 'lower')] : null,
  } satisfies Crossing;
  if (lambdaHat === null || lambdaHatCI90 === null) return known;
  const [lower, upper] = lambdaHatCI90;
  return { ...known, earliest: above(lower), likely: above(lambdaHat), latest: above(upper) };
}

type Bounds = Pick<DemandedWeek, 'perHour' | 'lower' | 'upper'>;

/** The first week from now on whose busiest hour has more conversations a second; the day of now where it was so within four weeks. */
function firstAbove(demand: Demand, perSecond: number, by: keyof Bounds = 'perHour'): string | null {
  const limit = perSecond * HOUR_S;
  const [first = 0, now] = [demand.weeks[0]?.week, weekOf(demand.asOfMs)];
  if (first <= now && peakNow(demand, by) > limit) return date(demand.asOfMs);
  const above = demand.weeks.find((it) => it.week > now && it[by] > limit);
  return above === undefined ? null : date(weekStart(above.week));
}

function moreOf(
  demand: Demand,
  now: number,
  { turnsEach, certified }: { turnsEach: number; certified: number | null },
  more: number | undefined,
): MoreDemand[] {
  const row = (perHour: number, by: string | null): MoreDemand => ({
    share: now === 0 ? 0 : perHour / now - 1,
    by,
    conversationsPerSecond: perHour / HOUR_S,
    turnsPerSecond: (perHour / HOUR_S) * turnsEach,
    replicas: certified === null ? null : Math.max(1, Math.ceil(perHour / HOUR_S / certified)),
  });
  const shares = [0, ...new Set([...MORE, ...(more === undefined ? [] : [more])])].sort((a, b) => a - b);
  const from = weekOf(demand.asOfMs);
  return [
    ...shares.map((share) => row(now * (1 + share), null)),
    ...AHEAD_WEEKS.map((weeks) =>
      row(Math.max(now, busiest(demand.weeks, [from, from + weeks])), date(weekStart(from + weeks))),
    ),
  ];
}

const date = (ms: number): string => new Date(ms - (ms % DAY_MS)).toISOString().slice(0, 10);
