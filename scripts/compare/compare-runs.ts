import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Certainty, Comparison, Effect } from '../../contracts/generated/comparison.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { gateLimit } from '../foundation/text/format.ts';
import { certaintyOf } from './certainty.ts';
import { CRITERIA, type Criteria } from './criteria.ts';
import { type Arms, designOf, userLevel } from './design.ts';
import { ALPHA, effectsOf, type Measured } from './effects.ts';
import { errorsOf, moreErrors, unsureErrors } from './failures.ts';
import { gatesOf } from './gates.ts';
import { usable } from './usable.ts';

/** Of a headline. */
const MOST_REASONS = 4;

/**
 * Holds a candidate's runs against a baseline's. Regression: a p95 or mean latency that is surely (Holm, 5 %) and relevantly
 * slower, more errors (Fisher, 1 %), a gate that it breaks, or a breach of the contract. No regression: p95 is surely
 * within the tolerance, and failures have surely not risen by more than may fail.
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
  const gates = isComparable ? gatesOf(arms, design.kind) : [];
  const certainty = certaintyOf(measured, design, criteria);
  const reasons = [
    ...slower(measured, criteria),
    ...moreErrors(errors, criteria),
    ...gates.filter(({ isBroken }) => isBroken).map((gate) => `${gate.metric} ${gateLimit(gate)} holds no more`),
    ...violations.map(({ rule, count }) => `${count} answers break the contract: ${rule}`),
  ];
  const [p95] = measured;
  const doubt = p95 === undefined ? undefined : (endless(arms, notes) ?? unsureErrors(errors, criteria));
  const isClear =
    p95 !== undefined && doubt === undefined && (p95.effect.upper ?? Number.POSITIVE_INFINITY) < 1 + criteria.tolerance;
  const outcome = reasons.length > 0 ? 'regression' : isClear ? 'no-regression' : 'inconclusive';
  return {
    version: 1,
    outcome,
    exitCode: { regression: EXIT.regression, 'no-regression': EXIT.pass, inconclusive: EXIT.noEvidence }[outcome],
    headline: headline(outcome, reasons, { p95: p95?.effect, doubt, certainty }),
    design,
    effects: measured.map(({ effect }) => effect),
    errors,
    gates,
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

function slower(measured: readonly Measured[], criteria: Criteria): string[] {
  return measured
    .filter(({ effect: { decides, ratio, p } }) => decides && ratio >= 1 + criteria.effect && p < ALPHA)
    .map(({ effect }) => `${nameOf(effect)} is ${changeOf(effect.ratio)}`);
}

/** Where a p95 of the candidate falls among turns that never ended, nobody knows how long it is. */
function endless({ baseline, candidate }: Arms, notes: string[]): string | undefined {
  const unknown = (runs: readonly RunSummary[]): number => runs.filter((run) => userLevel(run)?.censored).length;
  for (const [arm, runs] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const) {
    if (unknown(runs) > 0)
      notes.push(
        `p95 of ${unknown(runs)} of ${runs.length} ${arm} runs falls among turns without an answer: it is at least what is shown`,
      );
  }
  return unknown(candidate) > 0 ? 'a p95 of the candidate falls among turns without an answer' : undefined;
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

interface Grounds {
  readonly p95: Effect | undefined;
  readonly doubt: string | undefined;
  readonly certainty: Certainty;
}

function headline(
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
