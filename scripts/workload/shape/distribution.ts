import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import type { DistributionName } from '../../../contracts/generated/workload-comparison.ts';
import { duration } from '../../foundation/text/format.ts';

/** What one conversation gives to a distribution; it counts as often as its script is drawn. */
export interface Unit<Value> {
  readonly weight: number;
  readonly values: readonly Value[];
}

interface Measure<Value> {
  readonly id: DistributionName;
  readonly title: string;
  /** What one value is of. */
  readonly of: string;
  readonly valuesOf: (script: ConversationScript) => readonly Value[];
}

export interface NumberMeasure extends Measure<number> {
  readonly unit: (value: number) => string;
  /** Whole numbers have a bar each. */
  readonly whole: boolean;
  /** Of others: the first range is from 0 to this, one of 1, 2 and 5 times powers of ten. */
  readonly least: number;
}

/** Days as hours of the week count them. */
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const decimal = (value: number): string =>
  value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));

/** The numbers that a workload has a distribution of. */
export const NUMBERS: readonly NumberMeasure[] = [
  {
    ...{ id: 'turns', title: 'Turns per conversation', of: 'conversation', whole: true, least: 1, unit: decimal },
    valuesOf: ({ turns }) => [turns.length],
  },
  {
    ...{ id: 'pauses', title: 'Pause before a turn', of: 'pause', whole: false, least: 100, unit: duration },
    valuesOf: ({ turns }) => turns.slice(1).flatMap(({ thinkMs }) => thinkMs ?? []),
  },
  {
    ...{ id: 'lengths', title: 'Characters per message', of: 'turn', whole: false, least: 10, unit: decimal },
    valuesOf: ({ turns }) => turns.map(({ chars, content }) => chars ?? content.length),
  },
];

/** The names that a workload has shares of. */
export const NAMES: readonly Measure<string>[] = [
  {
    ...{ id: 'languages', title: 'Languages', of: 'conversation' },
    valuesOf: ({ language = 'und' }) => [language],
  },
  {
    ...{ id: 'roles', title: 'Roles', of: 'turn' },
    valuesOf: ({ turns }) => turns.map(({ role = 'user' }) => role),
  },
];

export const unitsOf = <Value>(
  scripts: readonly ConversationScript[],
  { valuesOf }: Measure<Value>,
): readonly Unit<Value>[] => scripts.map((script) => ({ weight: script.weight ?? 1, values: valuesOf(script) }));

/** The values of a distribution in their order, each with its weight. */
export interface Sorted {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly total: number;
}

export function sorted(units: readonly Unit<number>[]): Sorted {
  const pairs = units.flatMap(({ weight, values }) => (weight > 0 ? values.map((value) => ({ value, weight })) : []));
  pairs.sort((a, b) => a.value - b.value);
  return {
    values: pairs.map(({ value }) => value),
    weights: pairs.map(({ weight }) => weight),
    total: pairs.reduce((sum, { weight }) => sum + weight, 0),
  };
}

/** NaN for none. */
export function meanOf({ values, weights, total }: Sorted): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0) / total;
}

/** The least value that so large a share is not above; NaN for none. */
export function quantileOf({ values, weights, total }: Sorted, q: number): number {
  let below = 0;
  for (const [index, value] of values.entries()) {
    below += weights[index] ?? 0;
    if (below >= q * total) return value;
  }
  return values.at(-1) ?? Number.NaN;
}

/** A part of a distribution with a name. */
export interface Bar {
  readonly name: string;
  readonly share: number;
  /** Of numbers: the least one in it. */
  readonly from?: number;
}

/** Shares by name, the largest first. */
export function sharesOf(units: readonly Unit<string>[]): Bar[] {
  const sums = new Map<string, number>();
  let total = 0;
  for (const { weight, values } of units) {
    for (const name of values) {
      sums.set(name, (sums.get(name) ?? 0) + weight);
      total += weight;
    }
  }
  return [...sums]
    .map(([name, sum]) => ({ name, share: total === 0 ? 0 : sum / total }))
    .sort((a, b) => b.share - a.share || a.name.localeCompare(b.name));
}

const MOST_WHOLE = 10;

/** Its parts: whole numbers up to ten, or ranges between 1, 2 and 5 times powers of ten. */
export function histogramOf({ values, weights, total }: Sorted, { whole, least, unit }: NumberMeasure): Bar[] {
  const sums = new Map<number, number>();
  for (const [index, value] of values.entries()) {
    const from = whole ? Math.min(value, MOST_WHOLE) : lowerEdge(value, least);
    sums.set(from, (sums.get(from) ?? 0) + (weights[index] ?? 0));
  }
  const present = [...sums.keys()].sort((a, b) => a - b);
  const [first, last] = [present[0], present.at(-1)];
  if (first === undefined || last === undefined) return [];
  const bars: Bar[] = [];
  for (let from = first; from <= last; from = whole ? from + 1 : nextEdge(from, least)) {
    const to = nextEdge(from, least);
    const wholeName = from === MOST_WHOLE ? `${MOST_WHOLE} or more` : String(from);
    const name = whole ? wholeName : `${unit(from)} to ${unit(to)}`;
    bars.push({ name, share: (sums.get(from) ?? 0) / total, from });
  }
  return bars;
}

const STEPS = [1, 2, 5] as const;

/** The largest of 0, the least edge, and 1, 2 and 5 times powers of ten beyond it, that is not above the value. */
function lowerEdge(value: number, least: number): number {
  if (!(value >= least)) return 0;
  let edge = least;
  for (let next = nextEdge(edge, least); next <= value; next = nextEdge(next, least)) edge = next;
  return edge;
}

function nextEdge(edge: number, least: number): number {
  if (edge === 0) return least;
  const power = 10 ** Math.floor(Math.log10(edge) + 1e-9);
  const step = Math.round(edge / power);
  return power * (STEPS.find((it) => it > step) ?? 10);
}
