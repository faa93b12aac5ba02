import type { Arrivals, ArrivalsWarning, NamedShare } from '../../../contracts/generated/arrivals.ts';
import { plural } from '../../foundation/text/format.ts';
import {
  type Bar,
  decimal,
  histogramOf,
  meanOf,
  NAMES,
  NUMBERS,
  quantileOf,
  sharesOf,
  sorted,
  unitsOf,
} from './distribution.ts';
import type { WorkloadModel } from './read-model.ts';

/** A distribution ready to be shown: its parts, and its quantiles where it is one of numbers. */
export interface Described {
  readonly id: string;
  readonly title: string;
  readonly n: number;
  /** `500 conversations`. */
  readonly sample: string;
  readonly bars: readonly Bar[];
  readonly quantiles?: readonly string[];
}

export interface ModelDescription {
  readonly name: string;
  /** What it is made of. */
  readonly facts: readonly string[];
  readonly distributions: readonly Described[];
  /** Conversations per hour, Monday 00:00 first; empty where arrivals are not known. */
  readonly week: readonly number[];
  readonly warnings: readonly ArrivalsWarning[];
}

export const QUANTILES = ['mean', 'p10', 'p50', 'p90', 'p99'] as const;

/** All that there is to show of a model. */
export function describeModel({ name, scripts, arrivals }: WorkloadModel): ModelDescription {
  const turns = scripts.reduce((sum, script) => sum + script.turns.length, 0);
  const own = [
    ...NUMBERS.map((measure) => numbers(measure, scripts)),
    ...NAMES.map((measure) => names(measure, scripts)),
  ];
  return {
    name,
    facts: [
      ...(scripts.length === 0 ? [] : [`${plural(scripts.length, 'script')} with ${plural(turns, 'turn')}`]),
      ...(arrivals === undefined ? [] : arrivalFacts(arrivals)),
    ],
    distributions: [...own, ...(arrivals === undefined ? [] : learntShares(arrivals, scripts.length > 0))].filter(
      ({ bars }) => bars.length > 0,
    ),
    week: weekOf(arrivals),
    warnings: arrivals?.warnings ?? [],
  };
}

/** Where no whole hour was observed, there is nothing to draw. */
function weekOf(arrivals: WorkloadModel['arrivals']): number[] {
  const rates = arrivals?.hourOfWeek.map(({ value }) => value ?? 0) ?? [];
  return rates.some((rate) => rate > 0) ? rates : [];
}

function numbers(measure: (typeof NUMBERS)[number], scripts: WorkloadModel['scripts']): Described {
  const { id, title, of, unit } = measure;
  const values = sorted(unitsOf(scripts, measure));
  const quantiles = [meanOf(values), ...[0.1, 0.5, 0.9, 0.99].map((q) => quantileOf(values, q))].map(unit);
  const n = values.values.length;
  return { id, title, n, sample: plural(n, of), bars: histogramOf(values, measure), quantiles };
}

function names(measure: (typeof NAMES)[number], scripts: WorkloadModel['scripts']): Described {
  const { id, title, of } = measure;
  const units = unitsOf(scripts, measure);
  const n = units.reduce((sum, { values }) => sum + values.length, 0);
  return { id, title, n, sample: plural(n, of), bars: sharesOf(units) };
}

/** Channels are in no script; languages and roles are where there are scripts. */
function learntShares({ shape }: Arrivals, hasScripts: boolean): Described[] {
  const learnt = (id: string, title: string, of: string, shares: readonly NamedShare[]): Described => ({
    ...{ id, title, n: shares[0]?.n ?? 0, sample: plural(shares[0]?.n ?? 0, of) },
    bars: shares.map(({ name, value }) => ({ name: name === '' ? 'none' : name, share: value ?? 0 })),
  });
  const own = [
    learnt('languages', 'Languages', 'conversation', shape.languages),
    learnt('roles', 'Roles', 'turn', shape.roles),
  ];
  return [...(hasScripts ? [] : own), learnt('channels', 'Channels', 'conversation', shape.channels)];
}

function arrivalFacts({ source, conversations, perHour, peaks, dispersion }: Arrivals): string[] {
  const [peak] = peaks;
  const [since, until] = [source.since.slice(0, 10), source.until.slice(0, 10)];
  const learnt = `learnt from ${plural(conversations.started, 'conversation')}, ${since} to ${until} (UTC)`;
  return [
    learnt,
    ...(perHour.value === null ? [] : [`${decimal(perHour.value)} conversations per hour`]),
    ...(dispersion.value === null ? [] : [`dispersion beyond Poisson ${dispersion.value.toFixed(3)}`]),
    ...(peak === undefined
      ? []
      : [`busiest hour ${peak.from.slice(0, 16).replace('T', ' ')}: ${plural(peak.conversations, 'conversation')}`]),
  ];
}
