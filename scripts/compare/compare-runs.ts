import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type {
  Comparison,
  ComparisonNote,
  ComparisonReason,
  Effect,
  GateContrast,
} from '../../contracts/generated/comparison.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { certaintyOf } from './certainty.ts';
import { correct } from './correction.ts';
import { CRITERIA, type Criteria } from './criteria.ts';
import { type Arms, designOf, userLevel } from './design.ts';
import { ALPHA_LATENCY, effectsOf } from './effects.ts';
import { ALPHA_ERRORS, errorsOf, moreErrors, unsureRise } from './failures.ts';
import { gatesOf } from './gates.ts';
import { type Levels, levelsAt, type Stages } from './stages.ts';
import { apart, showsFailures, usable } from './usable.ts';

const P95 = 0.95;
const NO_RUNS: ComparisonReason = { code: 'no-runs' };
const NONE: Arms = { baseline: [], candidate: [] };

/**
 * Holds a candidate's runs against a baseline's. Regression: a p95 or mean latency that is surely (Holm, 4 %; of other roles
 * than user 1 %) and relevantly slower, more errors (Fisher, 1 %), a gate that it breaks, or a breach of the contract.
 * No regression: p95 is surely within the tolerance, and failures have surely not risen by more than may fail.
 * Else inconclusive, with what would decide it. The method, with its false alarms and power, is docs/comparison.md.
 *
 * A run that proves nothing of latencies, by itself or as the mate of one (`aside`), still shows what failed and what broke
 * the contract: a candidate too broken for a whole run is no less a regression.
 */
export function compareRuns(
  baseline: readonly RunSummary[],
  candidate: readonly RunSummary[],
  criteria: Criteria = CRITERIA,
  stages?: Stages,
  aside: Arms = NONE,
): Comparison {
  const notes: ComparisonNote[] = [];
  const { arms, all, failing } = armsOf(apart(baseline, candidate, notes), aside, notes);
  const look = stages && { pairs: Math.min(arms.baseline.length, arms.candidate.length), of: stages.pairs };
  const levels = look && levelsAt(look);
  const design = designOf(arms, look);
  const isSame = isSameLoad(failing, notes);
  const isComparable = arms.baseline.length > 0 && arms.candidate.length > 0 && isSame;
  const measured = isComparable ? effectsOf(arms, design.kind, levels) : [];
  const errors = errorsOf(failing);
  const violations = violationsOf(all);
  const gates = isComparable ? gatesOf(arms, design.kind, levels?.regression['latency.p95']) : [];
  const certainty = certaintyOf(measured, design, criteria, look);
  const [p95] = measured;
  const slow = measured.map(({ effect }) =>
    effect.decides ? isSlower(effect, criteria, levels) : isRoleSlower(effect, p95?.effect, criteria, levels),
  );
  const others = brokenOf({ gates, violations }, isSame && moreErrors(errors, criteria, levels?.errors));
  const doubt = p95 === undefined ? NO_RUNS : (endless(arms, notes) ?? doubtOf(errors, p95.effect, criteria));
  const isWorse = slow.includes(true) || others.length > 0;
  const outcome = isWorse ? 'regression' : doubt === undefined ? 'no-regression' : 'inconclusive';
  const hasEnded = look !== undefined && (outcome !== 'inconclusive' || look.pairs >= look.of);
  const effects = hasEnded ? correct(measured, criteria, look) : measured.map(({ effect }) => effect);
  const worse = [...effects.filter((_, i) => slow[i]).map(slower), ...others];
  return {
    version: 2,
    outcome,
    exitCode: { regression: EXIT.regression, 'no-regression': EXIT.pass, inconclusive: EXIT.noEvidence }[outcome],
    reasons: isWorse ? worse : [doubt ?? { code: 'within-tolerance' }],
    design,
    effects,
    errors,
    gates,
    violations,
    certainty: outcome === 'inconclusive' ? certainty : { ...certainty, furtherPairs: null, furtherTurns: null },
    notes,
  };
}

/** The runs that show latencies, all of them, and those that show failures. */
function armsOf(sides: Arms, aside: Arms, notes: ComparisonNote[]) {
  const arms: Arms = {
    baseline: usable(sides.baseline, 'baseline', notes),
    candidate: usable(sides.candidate, 'candidate', notes),
  };
  const all: Arms = {
    baseline: [...sides.baseline, ...aside.baseline],
    candidate: [...sides.candidate, ...aside.candidate],
  };
  const failing: Arms = {
    baseline: all.baseline.filter(showsFailures),
    candidate: all.candidate.filter(showsFailures),
  };
  return { arms, all, failing };
}

/** What is worse beside latencies. */
function brokenOf(
  { gates, violations }: Pick<Comparison, 'gates' | 'violations'>,
  hasMoreErrors: boolean,
): ComparisonReason[] {
  return [
    ...(hasMoreErrors ? [{ code: 'more-errors' } as const] : []),
    ...gates.filter(({ isBroken }) => isBroken).map(brokenGate),
    ...violations.map(({ rule, count }) => ({ code: 'contract-violated', rule, count }) as const),
  ];
}

function isSameLoad({ baseline, candidate }: Arms, notes: ComparisonNote[]): boolean {
  const loads = new Map([...baseline, ...candidate].map(({ load }) => [JSON.stringify(load), load]));
  if (loads.size > 1) notes.push({ code: 'loads-differ', loads: [...loads.values()] });
  return loads.size === 1;
}

function isSlower({ metric, ratio, p }: Effect, criteria: Criteria, levels?: Levels): boolean {
  return ratio >= 1 + criteria.effect && p < (levels?.regression[metric] ?? ALPHA_LATENCY);
}

/** Of a role that is not asked for replies: what is quick may vary by much, so that time counts, as it would in user turns. */
function isRoleSlower(
  { baseline, candidate, p }: Effect,
  user: Effect | undefined,
  { tolerance }: Criteria,
  levels?: Levels,
): boolean {
  const most = tolerance * (user?.baseline ?? Number.POSITIVE_INFINITY);
  return candidate - baseline >= most && p < (levels?.errors ?? ALPHA_ERRORS);
}

const slower = ({ role, metric, ratio }: Effect): ComparisonReason => ({ code: 'slower', role, metric, ratio });

const brokenGate = ({ metric, op, limit }: GateContrast): ComparisonReason => ({
  code: 'gate-broken',
  metric,
  op,
  limit,
});

/** Why it is not shown that the candidate is no worse. */
function doubtOf(errors: Comparison['errors'], { upper }: Effect, criteria: Criteria): ComparisonReason | undefined {
  const rise = unsureRise(errors, criteria);
  if (rise !== undefined) return { code: 'errors-may-have-risen', rise };
  return upper === null || upper >= 1 + criteria.tolerance ? { code: 'p95-uncertain' } : undefined;
}

/** Where so many turns of the candidate never ended that its p95 is among them, nobody knows how long it is. */
function endless({ baseline, candidate }: Arms, notes: ComparisonNote[]): ComparisonReason | undefined {
  for (const [arm, runs] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const) {
    const unknown = runs.filter((run) => userLevel(run)?.censored).length;
    if (unknown > 0) notes.push({ code: 'p95-censored', arm, count: unknown, runs: runs.length });
  }
  const total = (key: 'n' | 'unfinished'): number =>
    candidate.reduce((sum, run) => sum + (userLevel(run)?.[key] ?? 0), 0);
  return total('unfinished') >= (1 - P95) * total('n') ? { code: 'p95-unanswered' } : undefined;
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
