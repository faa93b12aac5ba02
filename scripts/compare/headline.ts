import type { Certainty, Comparison, Effect } from '../../contracts/generated/comparison.ts';

const MOST_REASONS = 4;

interface Grounds {
  readonly p95: Effect | undefined;
  readonly doubt: string | undefined;
  readonly certainty: Certainty;
}

/** One sentence that says the outcome and its reason. */
export function headlineOf(
  outcome: Comparison['outcome'],
  reasons: readonly string[],
  { p95, doubt, certainty }: Grounds,
): string {
  if (outcome === 'regression') {
    const more = reasons.length - MOST_REASONS;
    return `Regression: ${reasons.slice(0, MOST_REASONS).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
  }
  if (p95 === undefined) return 'Inconclusive: there are no runs to compare.';
  const limit = p95.upper === null ? '' : `, with 95% confidence at most ${changeOf(p95.upper)}`;
  const change = `${nameOf(p95)} is ${changeOf(p95.ratio)}${limit}`;
  if (outcome === 'no-regression') return `No regression: ${change}.`;
  const { furtherPairs, furtherTurns } = certainty;
  const cost = furtherPairs === null ? '' : `; ${furtherPairs} more pairs (${furtherTurns} turns) would decide it`;
  return `Inconclusive: ${change}${doubt === undefined ? cost : `; but ${doubt}`}.`;
}

function nameOf({ role, metric }: Effect): string {
  return `${metric === 'latency.p95' ? 'p95' : 'mean latency'} of ${role} turns`;
}

function changeOf(ratio: number): string {
  const share = Math.abs((ratio - 1) * 100).toFixed(1);
  return ratio >= 1 ? `${share}% higher` : `${share}% lower`;
}

/** Why an effect is a regression. */
export const slowerBy = (effect: Effect): string => `${nameOf(effect)} is ${changeOf(effect.ratio)}`;
