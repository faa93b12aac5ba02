import type { Gate } from '../../../contracts/generated/plan.ts';
import type { Estimate, GateResult } from '../../../contracts/generated/result.ts';
import { count, gateLimit, gateObserved, plural } from '../../foundation/text/format.ts';
import { type Interval, isEnough } from '../metrics/percentile.ts';

export type Verdict = GateResult['verdict'];

/** What a run showed of a gate's metric. */
export interface Evidence {
  readonly n: number;
  readonly nEffective: number;
  /** Effective sample that the gate needs, unless it says otherwise. */
  readonly needs: number;
  /** Its value, were every turn that the run's end cut off as bad, and as good, as it can be. */
  readonly worst: Interval;
  readonly best: Interval;
  /** As the result shows it, once `needs` is settled. */
  readonly observed: (needs: number) => Estimate;
  /** Why it says nothing of the service, whatever it is. */
  readonly invalid?: string;
  /** Lines that the ledger has lost: each may tell of a turn that would decide otherwise. */
  readonly missingLines?: number;
  /** Why a miss of it says nothing of the service. */
  readonly excuse?: string;
}

/**
 * Judges one gate: the point estimate decides, or where `strict` the bound of its interval. A sample below the least one
 * can only fail, where the whole interval misses the limit. Cut turns must not decide: where they would, there is no evidence.
 * Nor is there a pass where the ledger has lost lines.
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
  const observed = evidence.observed(minSample);
  const isVoid = evidence.invalid !== undefined || (found === 'fail' && evidence.excuse !== undefined);
  const verdict = isVoid ? 'no-evidence' : found;
  const gateResult = { metric, op, limit, observed, verdict, n, nEffective, minSample };
  return { ...gateResult, why: reason({ ...gateResult, isVoid, isDecidedByCuts, isGapped }, evidence) };
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
  readonly isGapped: boolean;
}

/** One sentence for a person. */
function reason(finding: Finding, { invalid, excuse }: Evidence): string {
  const { n, nEffective, observed, verdict, minSample } = finding;
  const wanted = `wanted ${gateLimit(finding)}`;
  if (n === 0) return `There is no turn to judge: ${wanted}.`;
  const sample = `an effective ${count(Math.floor(nEffective))} of ${plural(n, 'turn')}`;
  const value = observed.value === null ? null : gateObserved(finding);
  if (finding.isVoid) return `${value ?? 'Not known'}, ${wanted}, but ${invalid ?? excuse}.`;
  if (verdict === 'fail' && value === null) return `Already ${sample} are surely beyond: ${wanted}.`;
  if (verdict === 'no-evidence') {
    if (finding.isDecidedByCuts) {
      return `${value ?? 'Not known'}, ${wanted}: turns that the end of the run cut off would decide it.`;
    }
    if (finding.isGapped)
      return `${value ?? 'Not known'}, ${wanted}: lines that the ledger has lost may tell otherwise.`;
    if (value === null) return `Not known from ${sample}: it needs ${count(minSample)}, ${wanted}.`;
    return `${value}, ${wanted}: ${sample} do not make it certain.`;
  }
  return `${value}, ${wanted}.`;
}
