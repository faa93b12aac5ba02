import { expectationOf } from './expectations.ts';
import type { Outcome } from './outcome.ts';

export const CLASSES = ['critical', 'breaking', 'behavioural', 'additive', 'statistical', 'none'] as const;

/** Rows: the class that an operator has. Columns: the class of the worst finding. */
export function confusion(outcomes: readonly Outcome[]): Record<string, Record<string, number>> {
  const matrix = Object.fromEntries(
    CLASSES.map((row) => [row, Object.fromEntries(CLASSES.map((column) => [column, 0]))]),
  );
  for (const { part, ids, findings } of outcomes) {
    const row = matrix[part === 'legal' ? 'none' : expectationOf(ids[0] ?? '').class];
    const column = CLASSES.find((cls) => findings.some((finding) => finding.class === cls)) ?? 'none';
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}
