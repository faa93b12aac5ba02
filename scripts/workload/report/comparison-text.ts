import type {
  ComparedDistribution,
  DistributionName,
  NotCompared,
  SideValue,
  WorkloadComparison,
} from '../../../contracts/generated/workload-comparison.ts';
import { plural, probability, share } from '../../foundation/text/format.ts';
import { code, list, markdownDocument, md, table } from '../../foundation/text/markdown.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';
import { DAYS, decimal, NAMES, NUMBERS } from '../shape/distribution.ts';

/** Which distributions of two workloads differ, for a terminal. */
export function renderComparison(comparison: WorkloadComparison): string {
  const { a, b, distributions } = comparison;
  const c = styles();
  const rows = distributions.map((it) => [it.differs ? c.red('✕') : c.green('✓'), ...cellsOf(it)]);
  return textLines([
    c.bold(headlineOf(comparison)),
    `  A  ${a}`,
    `  B  ${b}`,
    ...(rows.length === 0 ? [] : ['', ...textTable([['', ...HEAD], ...rows], 'llllrr')]),
    ...notesOf(comparison).map((note) => c.yellow(`  ${note}`)),
  ]);
}

/** The same for GitHub. */
export function renderComparisonMarkdown(comparison: WorkloadComparison): string {
  const { a, b, distributions, notes } = comparison;
  const rows = distributions.map((it) => [it.differs ? '✕ differs' : '✓', ...cellsOf(it)]);
  return markdownDocument(
    md`### ${headlineOf(comparison)}`,
    md`A is ${code(a)}, B is ${code(b)}.`,
    rows.length === 0 ? undefined : table(['', ...HEAD], rows, 'llllrr'),
    notes.length === 0 ? undefined : list(notesOf(comparison)),
  );
}

export const HEAD = ['', 'A', 'B', 'distance', 'p'];

export const cellsOf = ({ distribution, a, b, distance, p }: ComparedDistribution): string[] => [
  ...[titleOf(distribution), sideOf(distribution, a), sideOf(distribution, b), distance.toFixed(3)],
  probability(p),
];

const titleOf = (name: DistributionName): string => {
  if (name === 'arrivals') return 'Arrivals';
  if (name === 'hours') return 'Hours of the week';
  return [...NUMBERS, ...NAMES].find(({ id }) => id === name)?.title ?? name;
};

/** What stands for a distribution: a mean, a share, a rate, or `most Mon 09h`. */
function sideOf(distribution: DistributionName, { value, name = '', hour = 0 }: SideValue): string {
  const measure = NUMBERS.find(({ id }) => id === distribution);
  if (measure !== undefined) return `mean ${measure.unit(value)}`;
  if (distribution === 'arrivals') return `${decimal(value)} per hour`;
  if (distribution === 'hours') return `most ${DAYS[Math.floor(hour / 24)]} ${String(hour % 24).padStart(2, '0')}h`;
  return `${name} ${share(value)}`;
}

/** What could not be compared, in words. */
export const notesOf = (comparison: WorkloadComparison): string[] =>
  comparison.notes.map((note) => noteOf(note, comparison));

function noteOf({ code, side = 'a', distribution, scripts, needed }: NotCompared, models: WorkloadComparison): string {
  switch (code) {
    case 'few-scripts':
      return `conversations are not compared: ${models[side]} has ${scripts} scripts, and ${needed} are needed`;
    case 'few-values':
      return `${titleOf(distribution ?? 'turns').toLowerCase()}: not compared, because too few conversations have one`;
    case 'no-arrivals':
      return `arrivals are not compared: ${models[side]} has none`;
    case 'few-days':
      return 'arrivals are not compared: this needs about two weeks on each side';
  }
}

export function headlineOf({ distributions }: WorkloadComparison): string {
  const found = distributions.filter(({ differs }) => differs).length;
  if (distributions.length === 0) return 'Nothing could be compared';
  if (found === 0) return `No difference found in ${plural(distributions.length, 'distribution')}`;
  return `${found} of ${plural(distributions.length, 'distribution')} ${found === 1 ? 'differs' : 'differ'}`;
}
