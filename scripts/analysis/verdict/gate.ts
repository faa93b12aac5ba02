import type { Gate } from '../../../contracts/generated/plan.ts';
import type { Estimate, GateResult } from '../../../contracts/generated/result.ts';
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
  /** It says nothing of the service, whatever it is. */
  readonly isInvalid?: boolean;
  /** It says nothing of the service, unless it fails for more than late starts. */
  readonly isLate?: boolean;
  /** The same, had no turn left late, and had each late one been so much later still. */
  readonly onTime?: Bounds;
  readonly later?: Bounds;
  /** Lines that the ledger has lost: each may tell of a turn that would decide otherwise. */
  readonly missingLines?: number;
  /** What a miss of it means: the generator's fault, or nothing. */
  readonly miss?: 'generator' | 'harmless';
}

/**
 * Judges one gate: the point estimate decides, or where `strict` the bound of its interval. A sample below the least one
 * can only fail, where the whole interval misses the limit. Neither cut turns nor late starts must decide: where they would,
 * there is no evidence. Nor is there a pass where lines are missing from the ledger.
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
  const voidedBy = voiding(evidence, found, isDecidedByLate);
  const isAllowed = found === 'fail' && evidence.miss === 'harmless' && !strict;
  const settled = isAllowed ? 'pass' : found;
  const verdict = voidedBy !== undefined || isDecidedByLate ? 'no-evidence' : settled;
  const gateResult = { metric, op, limit, observed, verdict, n, nEffective, minSample };
  return { ...gateResult, reason: reason() };

  function reason(): GateResult['reason'] {
    if (n === 0) return 'no-turns';
    if (voidedBy !== undefined) return voidedBy;
    if (verdict === 'pass') return isAllowed ? 'met-late-harmless' : 'met';
    if (verdict === 'fail') return observed.value === null ? 'missed-for-certain' : 'missed';
    if (isDecidedByCuts) return 'cut-turns-decide';
    if (isDecidedByLate) return 'late-starts-decide';
    if (isGapped) return 'ledger-gaps';
    return observed.value === null ? 'sample-too-small' : 'not-certain';
  }
}

/** Why a gate says nothing of the service, where that is so. */
function voiding(
  { isInvalid = false, isLate = false, miss }: Evidence,
  found: Verdict,
  isDecidedByLate: boolean,
): 'run-invalid' | 'late-starts' | 'generator-late' | undefined {
  if (isInvalid) return 'run-invalid';
  if (isLate && (found !== 'fail' || isDecidedByLate)) return 'late-starts';
  return found === 'fail' && miss === 'generator' ? 'generator-late' : undefined;
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
