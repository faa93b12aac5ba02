import type { Forecast, ForecastWarning, MoreDemand } from '../../../contracts/generated/forecast.ts';
import { count, perSecond, perSecondOf, plural, share } from '../../foundation/text/format.ts';

/** One sentence: what is left, and until when. */
export function planningSentence(forecast: Forecast): string {
  const { peak, headroom, crossing, growth } = forecast;
  const now = `The busiest hour now has ${perSecondOf(peak.conversationsPerSecond, 'conversations')}`;
  if (headroom === null || crossing === null) return `${now}; there is no certified rate to compare it with.`;
  if (headroom < 0) return `${now}, ${grown(1 / (1 + headroom) - 1)} more than the certified rate allows.`;
  const until =
    crossing.certified === null
      ? `does not exceed the certified rate before ${day(forecast.horizon)}`
      : `exceeds the certified rate in the week of ${crossing.certified}`;
  return `${now} and may grow by ${grown(headroom)}; ${rateOfGrowth(growth.perMonth)} ${until}.`;
}

/** What a reader of a forecast must know. */
export function forecastWarning(warning: ForecastWarning): string {
  switch (warning.code) {
    case 'counts-end':
      return `the counts end in the week of ${warning.week}: demand since is extrapolated`;
    case 'counts-begin':
      return `the counts begin in the week of ${warning.week}: their first peak is used as the present peak`;
    case 'few-weeks':
      return 'less than four weeks of counts may not include the busiest hour of a month';
    case 'season-unknown':
      return 'in less than 60 weeks a season cannot be distinguished from growth';
    case 'rates-vary':
      return `rates vary by ${share(warning.sd)} from week to week: the busiest hour of the week has ${plural(warning.mean, 'conversation')} on average, and ${count(warning.high)} or more in one week of twenty`;
    case 'objective-missed':
      return 'whole conversations at the certified rate did not meet the SLO: the real headroom is smaller';
    default:
      return warning satisfies never;
  }
}

/** Name and value of each number of a forecast. */
export function planningFacts(forecast: Forecast): readonly (readonly [string, string])[] {
  const { peak, certified, headroom, crossing, turnsEach } = forecast;
  const date = (on: string | null): string => when(on, forecast);
  const rates = `${perSecond(peak.conversationsPerSecond)}, or ${perSecondOf(peak.turnsPerSecond, 'turns')} (${turnsEach.toFixed(1)} each)`;
  const facts: (readonly [string, string] | undefined)[] = [
    ['Demand', sourceOf(forecast)],
    ['Growth', growthOf(forecast)],
    ['Busiest hour now', `${plural(peak.conversationsPerHour, 'conversation')}: ${rates}`],
    certified === null
      ? undefined
      : ['Certified', `${perSecondOf(certified, 'conversations')}, ${count(3600 * certified)} per hour`],
    headroom === null ? undefined : ['Headroom', headroom < 0 ? `none, short by ${share(-headroom)}` : grown(headroom)],
    gateFact(forecast),
    ...(crossing === null ? [] : crossingFacts(crossing, date)),
  ];
  return facts.filter((fact) => fact !== undefined);
}

function gateFact({ gate }: Forecast): readonly [string, string] | undefined {
  if (gate === undefined) return undefined;
  const verdict = gate.met === null ? 'no evidence' : gate.met ? 'met' : 'not met';
  return ['Gate on headroom', `${verdict}: at least ${grown(gate.least)}`];
}

function crossingFacts(
  { certified, certifiedByGrowth, earliest, likely, latest }: NonNullable<Forecast['crossing']>,
  date: (on: string | null) => string,
): readonly (readonly [string, string] | undefined)[] {
  return [
    ['Certified rate exceeded', date(certified)],
    certifiedByGrowth === null ? undefined : ['At the bounds of growth', span(certifiedByGrowth, date)],
    likely === undefined
      ? undefined
      : [
          'SLO missed, most likely',
          `${date(likely)} (90% interval of the capacity: ${span([earliest ?? null, latest ?? null], date)})`,
        ],
  ];
}

const span = (ends: readonly (string | null)[], date: (on: string | null) => string): string =>
  [...new Set(ends.map(date))].join(' to ');

/** A date as it is said: a week, now, or not within the horizon. */
export function when(on: string | null, { asOf, horizon }: Pick<Forecast, 'asOf' | 'horizon'>): string {
  if (on === null) return `not before ${day(horizon)}`;
  return on === day(asOf) ? 'now' : on;
}

export const moreHeader = ['Busiest hour', 'Conversations', 'Turns', 'Independent copies'];

/** What larger peaks need, as cells. */
export function moreCells({ more }: Forecast): string[][] {
  return more.map((row) => [
    nameOf(row),
    perSecond(row.conversationsPerSecond),
    perSecond(row.turnsPerSecond),
    row.replicas === null ? 'not known' : count(row.replicas),
  ]);
}

export const MORE_NOTE =
  'Copies count only if they are independent: no shared quota, database or rate limit. Otherwise measure two of them together.';

function nameOf({ share: by, by: date }: MoreDemand): string {
  const percent = Number((100 * by).toPrecision(3));
  const change = percent === 0 ? 'as now' : `${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`;
  return date === null ? change : `up to ${date}: ${change}`;
}

function sourceOf({ source, peakFactor }: Forecast): string {
  const factor = peakFactor === 1 ? '' : `, busiest hour ${peakFactor} times an average one`;
  if (source.kind === 'monthly') return `${plural(source.conversations, 'conversation')} a month${factor}`;
  const every = source.everyHours === 1 ? 'by the hour' : `in counts of ${count(source.everyHours ?? 0)} hours`;
  return `${source.name}: ${plural(source.conversations, 'conversation')} from ${day(source.from ?? '')} to ${day(source.to ?? '')}, ${every}${factor}`;
}

function growthOf({ growth: { perMonth, lower, upper, method } }: Forecast): string {
  const rate = `${signed(perMonth)} a month`;
  if (lower === null || upper === null) return rate;
  return `${rate} [${signed(lower)}, ${signed(upper)}], ${METHODS[method]}`;
}

const METHODS = {
  given: 'as given',
  trend: 'trend of the weeks',
  'year-over-year': 'weeks compared with those a year before',
  learnt: 'as learnt from few weeks',
} as const satisfies Record<Forecast['growth']['method'], string>;

/** A growth, which may be beyond 100 %. */
const grown = (value: number): string => (value < 1 ? share(value) : `${count(100 * value)}%`);
const day = (instant: string): string => instant.slice(0, 10);
const signed = (value: number): string => `${value < 0 ? '−' : ''}${share(Math.abs(value))}`;
const rateOfGrowth = (perMonth: number): string =>
  perMonth === 0
    ? 'demand that does not grow'
    : `${share(Math.abs(perMonth))} ${perMonth < 0 ? 'decline' : 'growth'} a month`;
