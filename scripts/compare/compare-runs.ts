import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { Comparison, Effect } from '../../contracts/generated/comparison.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { gateLimit, plural } from '../foundation/text/format.ts';
import { certaintyOf } from './certainty.ts';
import { correct } from './correction.ts';
import { CRITERIA, type Criteria } from './criteria.ts';
import { type Arms, designOf, userLevel } from './design.ts';
import { ALPHA_LATENCY, effectsOf } from './effects.ts';
import { errorsOf, moreErrors, unsureErrors } from './failures.ts';
import { gatesOf } from './gates.ts';
import { headlineOf, slowerBy } from './headline.ts';
import { type Levels, levelsAt, type Stages } from './stages.ts';
import { usable } from './usable.ts';

const P95 = 0.95;

/**
 * Holds a candidate's runs against a baseline's. Regression: a p95 or mean latency that is surely (Holm, 4 %) and relevantly
 * slower, more errors (Fisher, 1 %), a gate that it breaks, or a breach of the contract. No regression: p95 is surely
 * within the tolerance, and failures have surely not risen by more than may fail.
 * Else inconclusive, with what would decide it. The method, with its false alarms and power, is docs/comparison.md.
 */
export function compareRuns(
  baseline: readonly RunSummary[],
  candidate: readonly RunSummary[],
  criteria: Criteria = CRITERIA,
  stages?: Stages,
): Comparison {
  const notes: string[] = [];
  const arms = { baseline: usable(baseline, 'baseline', notes), candidate: usable(candidate, 'candidate', notes) };
  const look = stages && { pairs: Math.min(arms.baseline.length, arms.candidate.length), of: stages.pairs };
  const levels = look && levelsAt(look);
  const design = designOf(arms, look);
  const isComparable = arms.baseline.length > 0 && arms.candidate.length > 0 && isSameLoad(arms, notes);
  const measured = isComparable ? effectsOf(arms, design.kind, levels) : [];
  const errors = errorsOf(arms);
  const violations = violationsOf(arms);
  const gates = isComparable ? gatesOf(arms, design.kind, levels?.regression['latency.p95']) : [];
  const certainty = certaintyOf(measured, design, criteria, look);
  const slow = measured.map((each) => isSlower(each.effect, criteria, levels));
  const others = [
    ...moreErrors(errors, criteria, levels?.errors),
    ...gates.filter(({ isBroken }) => isBroken).map((gate) => `${gate.metric} ${gateLimit(gate)} holds no more`),
    ...violations.map(({ rule, count }) => `${count} answers break the contract: ${rule}`),
  ];
  const [p95] = measured;
  const doubt = p95 === undefined ? undefined : (endless(arms, notes) ?? unsureErrors(errors, criteria));
  const isClear =
    p95 !== undefined && doubt === undefined && (p95.effect.upper ?? Number.POSITIVE_INFINITY) < 1 + criteria.tolerance;
  const isWorse = slow.includes(true) || others.length > 0;
  const outcome = isWorse ? 'regression' : isClear ? 'no-regression' : 'inconclusive';
  const hasEnded = look !== undefined && (outcome !== 'inconclusive' || look.pairs >= look.of);
  const effects = hasEnded ? correct(measured, criteria, look) : measured.map(({ effect }) => effect);
  const reasons = [...effects.filter((_, i) => slow[i]).map(slowerBy), ...others];
  return {
    version: 1,
    outcome,
    exitCode: { regression: EXIT.regression, 'no-regression': EXIT.pass, inconclusive: EXIT.noEvidence }[outcome],
    headline: headlineOf(outcome, reasons, { p95: effects[0], doubt, certainty }),
    design,
    effects,
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

function isSlower({ decides, metric, ratio, p }: Effect, criteria: Criteria, levels?: Levels): boolean {
  return decides && ratio >= 1 + criteria.effect && p < (levels?.regression[metric] ?? ALPHA_LATENCY);
}

/** Where so many turns of the candidate never ended that its p95 is among them, nobody knows how long it is. */
function endless({ baseline, candidate }: Arms, notes: string[]): string | undefined {
  for (const [arm, runs] of Object.entries({ baseline, candidate })) {
    const unknown = runs.filter((run) => userLevel(run)?.censored).length;
    if (unknown === 0) continue;
    const part = `p95 of ${unknown} of ${plural(runs.length, `${arm} run`)}`;
    notes.push(`${part} falls among turns without an answer: it is at least what is shown`);
  }
  const total = (key: 'n' | 'unfinished'): number =>
    candidate.reduce((sum, run) => sum + (userLevel(run)?.[key] ?? 0), 0);
  return total('unfinished') >= (1 - P95) * total('n')
    ? 'p95 of the candidate falls among turns without an answer'
    : undefined;
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
