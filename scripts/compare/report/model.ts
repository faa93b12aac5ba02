import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { Comparison } from '../../../contracts/generated/comparison.ts';

/** What the page of a comparison shows: the comparison, and the runs of both arms in order of time. */
export interface ComparisonModel {
  readonly comparison: Comparison;
  readonly baseline: readonly RunSummary[];
  readonly candidate: readonly RunSummary[];
}

/** How an outcome is told: a mark, a word, and the class of its colour. */
export const OUTCOMES = {
  regression: { mark: '✕', word: 'Regression', tone: 'fail' },
  'no-regression': { mark: '✓', word: 'No regression', tone: 'pass' },
  inconclusive: { mark: '?', word: 'Inconclusive', tone: 'no-evidence' },
} as const satisfies Record<Comparison['outcome'], { mark: string; word: string; tone: string }>;

/** A ratio as a change: `+9.4%`. */
export function change(ratio: number): string {
  const percent = ((ratio - 1) * 100).toFixed(1);
  return ratio >= 1 ? `+${percent}%` : `−${percent.slice(1)}%`;
}
