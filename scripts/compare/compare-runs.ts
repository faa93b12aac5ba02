import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Certainty, Comparison, Design, Effect } from '../../contracts/generated/comparison.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { fisher } from '../foundation/statistics/fisher.ts';
import { share } from '../foundation/statistics/share.ts';
import { certaintyOf, detectable } from './certainty.ts';
import type { Contrast } from './contrast.ts';
import { CRITERIA, type Criteria } from './criteria.ts';
import { type Arms, designOf } from './design.ts';
import { ALPHA, effectsOf, type Measured } from './effects.ts';
import { gatesOf } from './gates.ts';
import { usable } from './usable.ts';

const ALPHA_ERRORS = 0.01;
/** A planned spread knows nothing of how runs differ: it takes an effect twice as large. */
const PLANNED_MARGIN = 2;
/** Of a headline. */
const MOST_REASONS = 4;

/**
 * Holds a candidate's runs against a baseline's. Regression: a p95 or mean latency that is surely (Holm, 5 %) and relevantly
 * slower, more errors (Fisher, 1 %), or a breach of the contract. No regression: p95 is surely within the tolerance.
 * Else inconclusive, with what would decide it. The method, with its false alarms and power, is docs/comparison.md.
 */
export function compareRuns(
  baseline: readonly RunSummary[],
  candidate: readonly RunSummary[],
  criteria: Criteria = CRITERIA,
): Comparison {
  const notes: string[] = [];
  const arms = { baseline: usable(baseline, 'baseline', notes), candidate: usable(candidate, 'candidate', notes) };
  const design = designOf(arms);
  const isComparable = arms.baseline.length > 0 && arms.candidate.length > 0 && isSameLoad(arms, notes);
  const measured = isComparable ? effectsOf(arms, design.kind) : [];
  const errors = errorsOf(arms);
  const violations = violationsOf(arms);
  const certainty = certaintyOf(measured, design, criteria);
  const reasons = [
    ...slower(measured, design, criteria),
    ...moreErrors(errors, criteria),
    ...violations.map(({ rule, count }) => `${count} answers break the contract: ${rule}`),
  ];
  const [p95] = measured;
  const isClear =
    p95 !== undefined &&
    design.kind !== 'planned' &&
    (p95.effect.upper ?? Number.POSITIVE_INFINITY) < 1 + criteria.tolerance;
  const outcome = reasons.length > 0 ? 'regression' : isClear ? 'no-regression' : 'inconclusive';
  return {
    version: 1,
    outcome,
    exitCode: { regression: EXIT.regression, 'no-regression': EXIT.pass, inconclusive: EXIT.noEvidence }[outcome],
    headline: headline(outcome, reasons, p95?.effect, certainty),
    design,
    effects: measured.map(({ effect }) => effect),
    errors,
    gates: gatesOf(arms),
    violations,
    certainty: outcome === 'inconclusive' ? certainty : { ...certainty, furtherPairs: null, furtherTurns: null },
    notes,
  };
}

function isSameLoad({ baseline, candidate }: Arms, notes: string[]): boolean {
  const loads = new Set([...baseline, ...candidate].map(({ load }) => JSON.stringify(load)));
  if (loads.size > 1) notes.push(`the runs are not of one load, and do not compare: ${[...loads].join(' and ')}`);
  return loads.size === 1;
}

function slower(measured: readonly Measured[], { kind }: Design, criteria: Criteria): string[] {
  return measured
    .filter(({ effect, contrast }) => effect.decides && isSlower(effect, contrast, kind, criteria))
    .map(({ effect }) => `${nameOf(effect)} is ${changeOf(effect.ratio)}`);
}

function isSlower({ ratio, p }: Effect, contrast: Contrast, kind: Design['kind'], criteria: Criteria): boolean {
  if (ratio < 1 + criteria.effect) return false;
  return kind === 'planned' ? contrast.difference > PLANNED_MARGIN * detectable(contrast) : p !== null && p < ALPHA;
}

function errorsOf({ baseline, candidate }: Arms): Comparison['errors'] {
  const total = (runs: readonly RunSummary[], key: 'k' | 'n'): number =>
    runs.reduce((sum, { errors }) => sum + errors[key], 0);
  const [k0, n0] = [total(baseline, 'k'), total(baseline, 'n')];
  const [k, n] = [total(candidate, 'k'), total(candidate, 'n')];
  return { baseline: share(k0, n0), candidate: share(k, n), p: fisher(k0, n0, k, n) };
}

function moreErrors({ baseline, candidate, p }: Comparison['errors'], criteria: Criteria): string[] {
  const shown = `${candidate.k} of ${candidate.n} turns failed, ${baseline.k} of ${baseline.n} before`;
  const isOver = (candidate.value ?? 0) > criteria.errors;
  return isOver || (baseline.n > 0 && p < ALPHA_ERRORS) ? [shown] : [];
}

function violationsOf({ baseline, candidate }: Arms): Comparison['violations'] {
  const known = new Set(baseline.flatMap(({ violations }) => violations.map(({ rule }) => rule)));
  const counts = new Map<string, Comparison['violations'][number]>();
  for (const { rule, class: kind, count } of candidate.flatMap(({ violations }) => violations)) {
    if (kind !== 'critical' && kind !== 'breaking') continue;
    const before = counts.get(rule)?.count ?? 0;
    counts.set(rule, { rule, class: kind, count: before + count, isNew: !known.has(rule) });
  }
  return [...counts.values()];
}

function headline(
  outcome: Comparison['outcome'],
  reasons: readonly string[],
  p95: Effect | undefined,
  certainty: Certainty,
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
  return `Inconclusive: ${change}${cost}.`;
}

function nameOf({ role, metric }: Effect): string {
  return `${metric === 'latency.p95' ? 'p95' : 'mean latency'} of ${role} turns`;
}

function changeOf(ratio: number): string {
  const share = Math.abs((ratio - 1) * 100).toFixed(1);
  return ratio >= 1 ? `${share}% higher` : `${share}% lower`;
}
