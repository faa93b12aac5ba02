import { type Random, random } from '../../../contracts/random.ts';
import type { Unit } from './distribution.ts';

const PERMUTATIONS = 1_999;

/** The distance between two samples, and how often chance alone brings one as large. */
export interface Difference {
  readonly distance: number;
  readonly p: number;
}

/**
 * A permutation test whose units are whole conversations, since the turns of one are not independent. Under the hypothesis
 * that both samples come from one distribution it is exact, whatever ties and weights there are.
 */
export function permutationTest<Value extends number | string>(
  a: readonly Unit<Value>[],
  b: readonly Unit<Value>[],
  distance: (items: Items, inA: Uint8Array) => number,
  seed: number,
): Difference {
  const units = [...a, ...b];
  const items = itemsOf(units);
  const inA = Uint8Array.from(units, (_, index) => (index < a.length ? 1 : 0));
  const next = random(seed, 0x7a);
  return chance(distance(items, inA), () => {
    shuffle(inA, next);
    return distance(items, inA);
  });
}

/** The share of draws, with what was observed among them, that are as large (Phipson and Smyth 2010). */
export function chance(observed: number, draw: () => number): Difference {
  let asLarge = 1;
  for (let count = 0; count < PERMUTATIONS; count++) if (draw() >= observed - ROUNDING) asLarge += 1;
  return { distance: observed, p: asLarge / (PERMUTATIONS + 1) };
}

/** Sums in another order are equal but for this. */
const ROUNDING = 1e-9;

/** The values of all units in their order; equal ones are one group. */
export interface Items {
  readonly unit: Int32Array;
  readonly weight: Float64Array;
  readonly group: Int32Array;
  readonly groups: number;
}

function itemsOf<Value extends number | string>(units: readonly Unit<Value>[]): Items {
  const flat = units.flatMap(({ weight, values }, unit) => values.map((value) => ({ unit, weight, value })));
  flat.sort((x, y) => (x.value < y.value ? -1 : x.value > y.value ? 1 : 0));
  let group = -1;
  const groups = flat.map(({ value }, index) => {
    if (index === 0 || value !== flat[index - 1]?.value) group += 1;
    return group;
  });
  return {
    unit: Int32Array.from(flat, (it) => it.unit),
    weight: Float64Array.from(flat, (it) => it.weight),
    group: Int32Array.from(groups),
    groups: group + 1,
  };
}

/** Kolmogorov and Smirnov's: the largest difference of the shares at or below a value. */
export function cumulativeDistance(items: Items, inA: Uint8Array): number {
  const { a, b, sumA, sumB } = sums(items, inA);
  let [below, most] = [0, 0];
  for (let group = 0; group < items.groups; group++) {
    below += (a[group] ?? 0) / sumA - (b[group] ?? 0) / sumB;
    most = Math.max(most, Math.abs(below));
  }
  return most;
}

/** Total variation: the share that would have to have another name. */
export function shareDistance(items: Items, inA: Uint8Array): number {
  const { a, b, sumA, sumB } = sums(items, inA);
  let total = 0;
  for (let group = 0; group < items.groups; group++) {
    total += Math.abs((a[group] ?? 0) / sumA - (b[group] ?? 0) / sumB);
  }
  return total / 2;
}

function sums({ unit, weight, group, groups }: Items, inA: Uint8Array) {
  const [a, b] = [new Float64Array(groups), new Float64Array(groups)];
  let [sumA, sumB] = [0, 0];
  for (let index = 0; index < unit.length; index++) {
    const [at, of] = [group[index] ?? 0, weight[index] ?? 0];
    if (inA[unit[index] ?? 0] === 1) {
      a[at] = (a[at] ?? 0) + of;
      sumA += of;
    } else {
      b[at] = (b[at] ?? 0) + of;
      sumB += of;
    }
  }
  // A draw may leave one side without values.
  return { a, b, sumA: sumA || 1, sumB: sumB || 1 };
}

/** Fisher and Yates's. */
export function shuffle(values: Uint8Array, next: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const value = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = value;
  }
}
