import { parseArgs } from 'node:util';
import { quantile } from '../../../analysis/metrics/percentile.ts';
import { simulatedTruth, simulateSearch } from './simulate.ts';
import type { System } from './system.ts';
import { SYSTEMS } from './systems.ts';

/** Accuracy of the capacity search on systems of known capacity, by seeded simulation in virtual time. */
const { values } = parseArgs({
  options: {
    searches: { type: 'string', default: '100' },
    budget: { type: 'string', default: '3000' },
    system: { type: 'string' },
    'no-saturate': { type: 'boolean', default: false },
    /** Finds the capacities anew, to check the table of systems. */
    truth: { type: 'boolean', default: false },
  },
});
const searches = Number(values.searches);
const budget = Number(values.budget);
const TRUTH_TURNS = 1_500_000;
const share = (count: number, of: number): string => (of === 0 ? '-' : `${Math.round((100 * count) / of)} %`);

console.log(
  `${searches} searches a system, budget ${budget} turns. Error: estimate / truth - 1. Held: certified <= truth.`,
);
const HEADER = [
  'system',
  'truth',
  'median error',
  'median |error|',
  'within 10 %',
  'held',
  'certified / truth',
  'turns',
];
console.log(row([...HEADER, 'boundaries']));

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(index === 0 ? 12 : 15))).join(' ');
}

function rowOf(system: System): string {
  const errors: number[] = [];
  const certified: number[] = [];
  const spent: number[] = [];
  const boundaries = new Map<string, number>();
  for (let seed = 1; seed <= searches; seed++) {
    const found = simulateSearch(system, { seed, budget, saturate: !values['no-saturate'] });
    spent.push(found.spent);
    boundaries.set(found.boundary, (boundaries.get(found.boundary) ?? 0) + 1);
    if (found.certified === null || found.posterior === null) continue;
    errors.push(found.posterior.quantile(0.5) / system.truth - 1);
    certified.push(found.certified / system.truth);
  }
  const median = (list: readonly number[]): number =>
    quantile(
      [...list].sort((a, b) => a - b),
      0.5,
    );
  const percent = (value: number): string => (Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)} %`);
  return row([
    system.tuned ? system.name : `${system.name} *`,
    String(system.truth),
    percent(median(errors)),
    percent(median(errors.map(Math.abs))),
    share(errors.filter((error) => Math.abs(error) <= 0.1).length, errors.length),
    share(certified.filter((ratio) => ratio <= 1).length, certified.length),
    median(certified).toFixed(3),
    String(Math.round(median(spent))),
    [...boundaries].map(([name, count]) => `${name} ${count}`).join(', '),
  ]);
}

for (const system of SYSTEMS) {
  if (values.system !== undefined && system.name !== values.system) continue;
  console.log(values.truth ? `${system.name}: ${simulatedTruth(system, TRUTH_TURNS, 7)}` : rowOf(system));
}
console.log('* held out: not among the systems that the parameters were tuned on');
