import type { ComparedDistribution, WorkloadComparison } from '../../../contracts/generated/workload-comparison.ts';
import { plural, probability } from '../../foundation/text/format.ts';
import { code, list, markdownDocument, md, table } from '../../foundation/text/markdown.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';

/** Which distributions of two workloads differ, for a terminal. */
export function renderComparison(comparison: WorkloadComparison): string {
  const { a, b, distributions, notes } = comparison;
  const c = styles();
  const rows = distributions.map((it) => [it.differs ? c.red('✕') : c.green('✓'), ...cellsOf(it)]);
  return textLines([
    c.bold(headlineOf(comparison)),
    `  A  ${a}`,
    `  B  ${b}`,
    ...(rows.length === 0 ? [] : ['', ...textTable([['', ...HEAD], ...rows], 'llllrr')]),
    ...notes.map((note) => c.yellow(`  ${note}`)),
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
    notes.length === 0 ? undefined : list(notes),
  );
}

export const HEAD = ['', 'A', 'B', 'distance', 'p'];

export const cellsOf = ({ title, a, b, distance, p }: ComparedDistribution): string[] => [
  ...[title, a, b, distance.toFixed(3)],
  probability(p),
];

export function headlineOf({ distributions }: WorkloadComparison): string {
  const found = distributions.filter(({ differs }) => differs).length;
  if (distributions.length === 0) return 'Nothing could be compared';
  if (found === 0) return `No difference found in ${plural(distributions.length, 'distribution')}`;
  return `${found} of ${plural(distributions.length, 'distribution')} ${found === 1 ? 'differs' : 'differ'}`;
}
