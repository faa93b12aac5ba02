import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { type Expectation, expectationOf } from './expectations.ts';

/** What one trial came to. */
export interface Outcome {
  readonly id: string;
  readonly rate: number;
  readonly seed: number;
  /** Classes of the findings. */
  readonly classes: readonly string[];
  readonly rules: readonly string[];
  readonly found: boolean;
  readonly rightClass: boolean;
  readonly rightTemplate: boolean;
  readonly single: boolean;
}

/** Holds a check of one operator against what it must find. */
export function outcomeOf(id: string, rate: number, seed: number, { findings }: DriftResult): Outcome {
  const expected: Expectation = expectationOf(id);
  const right = findings.filter((finding) => finding.class === expected.class);
  return {
    id,
    rate,
    seed,
    classes: findings.map((finding) => finding.class),
    rules: findings.map(({ rule }) => rule),
    found: findings.length > 0,
    rightClass: right.length > 0,
    rightTemplate: right.some(({ template }) => expected.template.test(template)),
    single: findings.length === 1,
  };
}

export const CLASSES = ['critical', 'breaking', 'behavioural', 'additive', 'statistical', 'none'] as const;

/** Rows: the class that an operator has. Columns: the class of the worst finding. */
export function confusion(outcomes: readonly Outcome[]): Record<string, Record<string, number>> {
  const matrix = Object.fromEntries(
    CLASSES.map((row) => [row, Object.fromEntries(CLASSES.map((column) => [column, 0]))]),
  );
  for (const { id, classes } of outcomes) {
    const row = matrix[id.startsWith('legal') ? 'none' : expectationOf(id).class];
    const column = CLASSES.find((cls) => classes.includes(cls)) ?? 'none';
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}
