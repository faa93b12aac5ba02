import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import type { Comparison, Design } from '../../../contracts/generated/comparison.ts';
import { count, plural } from '../../foundation/text/format.ts';

/** What the page of a comparison shows: the comparison, and the runs of both arms in order of time. */
export interface ComparisonModel {
  readonly comparison: Comparison;
  readonly baseline: readonly RunSummary[];
  readonly candidate: readonly RunSummary[];
}

/** A ratio as a change: `+9.4%`. */
export function change(ratio: number): string {
  const percent = ((ratio - 1) * 100).toFixed(1);
  return ratio >= 1 ? `+${percent}%` : `−${percent.slice(1)}%`;
}

/** What a comparison in stages spent, and what one of fixed size would have; empty for any other. */
export function spendingOf({ stages }: Design): string {
  if (stages === undefined) return '';
  const { pairs, of, turns, fixedTurns } = stages;
  return ` In stages: ${plural(pairs, 'pair')} of at most ${of}, ${plural(turns, 'user turn')}; the design of fixed size takes ${count(fixedTurns)}.`;
}

/** The changes as they were measured, where they are shown corrected; else empty. */
export function correctionOf({ effects }: Comparison): string {
  const measured = effects.flatMap(({ metric, measured: ratio }) =>
    ratio === undefined ? [] : [`${metric === 'latency.p95' ? 'p95' : 'mean'} ${change(ratio)}`],
  );
  return measured.length === 0 ? '' : `Changes are corrected for stopping early; measured: ${measured.join(', ')}.`;
}
