import type { Gate } from '../../../contracts/generated/plan.ts';
import type { Estimate, GateResult } from '../../../contracts/generated/result.ts';
import { count, gateLimit, gateObserved, plural } from '../../foundation/text/format.ts';
import { type Interval, isEnough } from '../metrics/percentile.ts';

export type Verdict = GateResult['verdict'];

/** A metric's value, were every turn that the run's end cut off as bad, and as good, as it can be. */
export interface Bounds {
  readonly worst: Interval;
  readonly best: Interval;
}

/** What a run showed of a gate's metric. */
export interface Evidence extends Bounds {
  readonly n: number;
  readonly nEffective: number;
  /** Effective sample that the gate needs, unless it says otherwise. */
  readonly needs: number;
  /** As the result shows it, once `needs` is settled. */
  readonly observed: (needs: number) => Estimate;
  /** Why it says nothing of the service, whatever it is. */
  readonly invalid?: string | undefined;
  /** Why it says nothing of the service, unless it fails for more than late starts. */
  readonly late?: string | undefined;
  /** The same, had no turn left late, and had each late one been so much later still. */
  readonly onTime?: Bounds;
  readonly later?: Bounds;
  /** Lines that the ledger has lost: each may tell of a turn that would decide otherwise. */
  readonly missingLines?: number;
  /** Why a miss of it says nothing of the service. */
  readonly excuse?: string;
  /** Why a miss of its estimate does not matter. */
  readonly allowance?: string;
}

/**
 * Judges one gate: the point estimate decides, or where `strict` the bound of its interval. A sample below the least one
 * can only fail, where the whole interval misses the limit. Neither cut turns nor late starts must decide: where they would,
 * there is no evidence. Nor is there a pass where the ledger has lost lines.
 */
export function judge(gate: Gate, evidence: Evidence, strict = false): GateResult {
  const { metric, op, limit } = gate;
  const { n, nEffective } = evidence;
  const minSample = gate.minSample ?? evidence.needs;
  const sample = { isEnough: n > 0 && isEnough(nEffective, minSample), isEmpty: n === 0, strict };
  const worst = outcome(gate, evidence.worst, sample);
  const best = outcome(gate, evidence.best, sample);
  const isDecidedByCuts = worst !== 'pass' && worst !== best;
  const isGapped = worst === 'pass' && (evidence.missingLines ?? 0) > 0;
  const found = isDecidedByCuts || isGapped ? 'no-evidence' : worst;
  const isDecidedByLate = lateDecides(gate, evidence, found, sample);
  const observed = evidence.observed(minSample);
  const isVoid =
    evidence.invalid !== undefined ||
    (evidence.late !== undefined && (found !== 'fail' || isDecidedByLate)) ||
    (found === 'fail' && evidence.excuse !== undefined);
  const isAllowed = found === 'fail' && evidence.allowance !== undefined && !strict;
  const settled = isAllowed ? 'pass' : found;
  const verdict = isVoid || isDecidedByLate ? 'no-evidence' : settled;
  const gateResult = { metric, op, limit, observed, verdict, n, nEffective, minSample };
  const finding = { ...gateResult, isVoid, isDecidedByCuts, isDecidedByLate, isGapped, isAllowed };
  return { ...gateResult, why: reason(finding, evidence) };
}

/** Whether it would not fail, had no turn left late, or not pass, had the late ones been later still. */
function lateDecides(gate: Gate, { onTime, later }: Evidence, found: Verdict, sample: SampleFacts): boolean {
  if (found === 'fail') return onTime !== undefined && outcome(gate, onTime.best, sample) !== 'fail';
  return found === 'pass' && later !== undefined && outcome(gate, later.worst, sample) === 'fail';
}

interface SampleFacts {
  readonly isEnough: boolean;
  readonly isEmpty: boolean;
  readonly strict: boolean;
}

function outcome(gate: Gate, interval: Interval, { isEnough, isEmpty, strict }: SampleFacts): Verdict {
  if (!isEnough) return !isEmpty && missesWholly(gate, interval) ? 'fail' : 'no-evidence';
  if (!meets(gate, interval.point)) return 'fail';
  return !strict || meets(gate, farBound(gate, interval)) ? 'pass' : 'no-evidence';
}

function meets({ op, limit }: Gate, value: number): boolean {
  switch (op) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    default:
      return op satisfies never;
  }
}

function missesWholly(gate: Gate, { lower, upper }: Interval): boolean {
  if (gate.op === '==') return lower > gate.limit || upper < gate.limit;
  return !meets(gate, gate.op.startsWith('<') ? lower : upper);
}

/** The end of the interval that is nearer to a miss. */
function farBound({ op }: Gate, { point, lower, upper }: Interval): number {
  if (op === '==') return point;
  return op.startsWith('<') ? upper : lower;
}

interface Finding extends Omit<GateResult, 'why'> {
  readonly isVoid: boolean;
  readonly isDecidedByCuts: boolean;
  readonly isDecidedByLate: boolean;
  readonly isGapped: boolean;
  readonly isAllowed: boolean;
}

/** One sentence for a person. */
function reason(finding: Finding, { invalid, late, excuse, allowance }: Evidence): string {
  const { n, nEffective, observed, verdict, minSample } = finding;
  const wanted = `wanted ${gateLimit(finding)}`;
  if (n === 0) return `There is no turn to judge: ${wanted}.`;
  const sample = `an effective ${count(Math.floor(nEffective))} of ${plural(n, 'turn')}`;
  const value = observed.value === null ? null : gateObserved(finding);
  if (finding.isVoid) return `${value ?? 'Not known'}, ${wanted}, but ${invalid ?? late ?? excuse}.`;
  if (verdict === 'fail' && value === null) return `Already ${sample} are surely beyond: ${wanted}.`;
  if (verdict === 'no-evidence') {
    if (finding.isDecidedByCuts) {
      return `${value ?? 'Not known'}, ${wanted}: turns that the end of the run cut off would decide it.`;
    }
    if (finding.isDecidedByLate) return `${value ?? 'Not known'}, ${wanted}: late starts would decide it.`;
    if (finding.isGapped)
      return `${value ?? 'Not known'}, ${wanted}: lines that the ledger has lost may tell otherwise.`;
    if (value === null) return `Not known from ${sample}: it needs ${count(minSample)}, ${wanted}.`;
    return `${value}, ${wanted}: ${sample} do not make it certain.`;
  }
  return `${value}, ${wanted}${finding.isAllowed ? `: ${allowance}` : ''}.`;
}
