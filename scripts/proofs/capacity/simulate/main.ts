import { parseArgs } from 'node:util';
import { quantile } from '../../../analysis/metrics/percentile.ts';
import { boundOf } from './bound.ts';
import { type RandomSystem, randomSystem } from './random-systems.ts';
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
    /** Asks the levels alone, as where the service is not of the family. */
    levels: { type: 'boolean', default: false },
    /** So many systems drawn at random in place of the table, from a number on; foreign: not of the family. */
    random: { type: 'string' },
    from: { type: 'string', default: '0' },
    foreign: { type: 'boolean', default: false },
    /** Of systems drawn at random: how near to the truth anybody comes with a budget, in place of searches. */
    bound: { type: 'boolean', default: false },
    /** Finds the capacities anew, to check the table of systems. */
    truth: { type: 'boolean', default: false },
  },
});
const searches = Number(values.searches);
const budget = Number(values.budget);
const TRUTH_TURNS = 1_500_000;
const median = (list: readonly number[]): number =>
  quantile(
    [...list].sort((a, b) => a - b),
    0.5,
  );
const percent = (value: number): string => (Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)} %`);
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
if (values.random === undefined) console.log(row([...HEADER, 'boundaries']));

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(index === 0 ? 12 : 15))).join(' ');
}

function rowOf(system: System): string {
  const errors: number[] = [];
  const certified: number[] = [];
  const spent: number[] = [];
  const boundaries = new Map<string, number>();
  for (let seed = 1; seed <= searches; seed++) {
    const found = simulateSearch(system, { seed, budget, saturate: !values['no-saturate'], levelsOnly: values.levels });
    spent.push(found.spent);
    boundaries.set(found.boundary, (boundaries.get(found.boundary) ?? 0) + 1);
    if (found.certified === null || found.posterior === null) continue;
    errors.push(found.posterior.quantile(0.5) / system.truth - 1);
    certified.push(found.certified / system.truth);
  }
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

if (values.random !== undefined && values.bound) {
  reportBound(Number(values.random));
} else if (values.random !== undefined) {
  reportRandom(Number(values.random), values.foreign);
} else {
  for (const system of SYSTEMS) {
    if (values.system !== undefined && system.name !== values.system) continue;
    console.log(values.truth ? `${system.name}: ${simulatedTruth(system, TRUTH_TURNS, 7)}` : rowOf(system));
  }
  console.log('* held out: not among the systems that the parameters were tuned on');
}

/** One search of each of so many systems drawn at random, a line each, and a row for each sort of them. */
function reportRandom(count: number, isForeign: boolean): void {
  const found = Array.from({ length: count }, (_, index) => {
    const number = Number(values.from) + index;
    const system = randomSystem(number, isForeign);
    const findings = simulateSearch(system, { seed: number, budget, levelsOnly: values.levels });
    const isAnswer = findings.certified !== null && findings.posterior !== null;
    const estimate = isAnswer ? (findings.posterior?.quantile(0.5) ?? 0) / system.truth : null;
    const certified = findings.certified === null ? null : findings.certified / system.truth;
    const { boundary, spent, inferred } = findings;
    const method = inferred !== null && 'posterior' in inferred ? 'likelihood' : 'levels';
    const figures = [estimate, certified].map((it) => it?.toFixed(3) ?? '-').join(', ');
    console.log(`${number}: ${system.about}, ${system.slo}: ${boundary}, ${method}, ${figures}, ${spent} turns`);
    return { system, boundary, spent, method, estimate, certified };
  });
  for (const [name, of] of Object.entries(sortsOf(found))) {
    if (of.length === 0) continue;
    const errors = of.flatMap(({ estimate }) => (estimate === null ? [] : [estimate - 1]));
    const certified = of.flatMap((it) => it.certified ?? []);
    const smooth = of.filter(({ boundary }) => boundary === 'smooth').length;
    console.log(
      [
        `${name}: ${of.length} searches`,
        `within 10 % ${errors.filter((error) => Math.abs(error) <= 0.1).length}`,
        `median error ${percent(median(errors))}`,
        `certified / truth ${median(certified).toFixed(3)}`,
        `held ${share(certified.filter((ratio) => ratio <= 1).length, certified.length)}`,
        `turns ${Math.round(median(of.map(({ spent }) => spent)))}`,
        `smooth ${smooth}`,
        `by likelihood ${of.filter(({ method }) => method === 'likelihood').length}`,
      ].join(', '),
    );
  }
}

/** Of so many systems drawn at random, how near to their capacity the works of a whole budget lead, a line each and the mean of each sort. */
function reportBound(count: number): void {
  const bounds = Array.from({ length: count }, (_, index) => {
    const number = Number(values.from) + index;
    const system = randomSystem(number, false);
    const bound = boundOf(system, budget, number);
    if (bound === undefined) throw new Error(`system ${number} has no structure`);
    console.log(
      `${number}: ${system.about}, ${system.slo}: error ${percent(bound.error)}, within 10 % ${percent(bound.within)}`,
    );
    return { system, ...bound };
  });
  for (const [name, of] of Object.entries(sortsOf(bounds))) {
    if (of.length === 0) continue;
    const within = of.reduce((sum, it) => sum + it.within, 0) / of.length;
    const error = percent(median(of.map((it) => it.error)));
    console.log(`${name}: ${of.length} systems, within 10 % ${percent(within)}, median error ${error}`);
  }
}

function sortsOf<T extends { readonly system: RandomSystem }>(found: readonly T[]): Record<string, T[]> {
  const isCommon = ({ system: { servers, cv, sort } }: T): boolean => sort === 'plain' && servers >= 8 && cv <= 1;
  return {
    plain: found.filter(({ system }) => system.sort === 'plain'),
    'of these, 8 or more at once, cv up to 1': found.filter(isCommon),
    'wide: cv above 1.5, or a tail': found.filter(({ system }) => system.sort === 'wide'),
    foreign: found.filter(({ system }) => system.sort === 'foreign'),
  };
}
