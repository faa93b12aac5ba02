import { plural } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';
import type { ModelComparison } from '../shape/compare-models.ts';

/** Which distributions of two models differ, for a terminal. */
export function renderModelComparison({ a, b, distributions, notes }: ModelComparison): string {
  const c = styles();
  const rows = distributions.map(({ title, a: left, b: right, distance, p, differs }) => [
    differs ? c.red('✕') : c.green('✓'),
    title,
    left,
    right,
    distance.toFixed(3),
    p < 0.001 ? '< 0.001' : p.toFixed(3),
  ]);
  const found = distributions.filter(({ differs }) => differs).length;
  const headline =
    distributions.length === 0
      ? 'Nothing could be compared'
      : found === 0
        ? `No difference found in ${plural(distributions.length, 'distribution')}`
        : `${found} of ${plural(distributions.length, 'distribution')} ${found === 1 ? 'differs' : 'differ'}`;
  return textLines([
    c.bold(headline),
    `  A  ${a}`,
    `  B  ${b}`,
    ...(rows.length === 0 ? [] : ['', ...textTable([['', '', 'A', 'B', 'distance', 'p'], ...rows], 'llllrr')]),
    ...notes.map((note) => c.yellow(`  ${note}`)),
  ]);
}
