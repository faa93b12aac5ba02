import { random } from './random.ts';

/** Tells the draw of a script apart from the other draws of the same conversation. */
const STREAM = 0x74;

/** Weights of the scripts, summed from the first on: made once, drawn from often. */
export type WeightTable = readonly number[];

export function weightTable(weights: readonly number[]): WeightTable {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** The table of a workload's scripts; one without a weight counts once. */
export const scriptTable = (scripts: readonly { readonly weight?: number }[]): WeightTable =>
  weightTable(scripts.map(({ weight = 1 }) => weight));

/**
 * Index of the script that a conversation follows: a seeded draw by weight. It depends on the seed, the
 * conversation's number and the weights alone, so that the plan can count turns that a lane sends later.
 */
export function templateOf(seed: number, conversation: number, table: WeightTable): number {
  const total = table[table.length - 1] ?? 0;
  const target = random(seed, conversation, STREAM)() * total;
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (target < (table[middle] ?? total)) high = middle;
    else low = middle + 1;
  }
  return low;
}
