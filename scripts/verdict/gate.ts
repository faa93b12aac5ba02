import type { Gate } from '../../contracts/generated/plan.ts';
import type { Estimate, GateResult } from '../../contracts/generated/result.ts';
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
  /** The number as text, with its unit. */
  readonly format: (value: number) => string;
  /** Why a miss of it says nothing of the service. */
  readonly excuse?: string;
}

/**
 * Judges one gate: the point estimate decides. A sample below the least one can only fail, where the whole interval
 * misses the limit. Cut turns must not decide: where they would, there is no evidence.
 */
export function judge(gate: Gate, evidence: Evidence): GateResult {
  const { metric, op, limit } = gate;
  const minSample = gate.minSample ?? evidence.needs;
  const observed = evidence.observed(minSample);
  const worst = outcome(gate, evidence.worst, evidence.nEffective, minSample);
  const best = outcome(gate, evidence.best, evidence.nEffective, minSample);
  const found = worst === 'pass' || worst === best ? worst : best === 'fail' ? 'fail' : 'no-evidence';
  const verdict = found === 'fail' && evidence.excuse !== undefined ? 'no-evidence' : found;
  const { n, nEffective } = evidence;
  const why = reason(gate, evidence, { verdict, found, observed, minSample });
  return { metric, op, limit, observed, verdict, n, nEffective, minSample, why };
}

function outcome(gate: Gate, interval: Interval, nEffective: number, minSample: number): Verdict {
  if (nEffective > 0 && isEnough(nEffective, minSample)) return meets(gate, interval.point) ? 'pass' : 'fail';
  return nEffective > 0 && missesWholly(gate, interval) ? 'fail' : 'no-evidence';
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

interface Finding {
  readonly verdict: Verdict;
  readonly found: Verdict;
  readonly observed: Estimate;
  readonly minSample: number;
}

/** One sentence for a person. */
function reason({ op, limit }: Gate, evidence: Evidence, { verdict, found, observed, minSample }: Finding): string {
  const { n, nEffective, format } = evidence;
  const wanted = `${op} ${format(limit)}`;
  if (n === 0) return `There is no turn to judge: wanted ${wanted}.`;
  if (verdict !== found) return `Missed ${wanted}, but ${evidence.excuse}.`;
  const sample = `an effective ${Math.floor(nEffective)} of ${n} turns`;
  const value = observed.value === null ? null : `${observed.censored ? 'at least ' : ''}${format(observed.value)}`;
  if (verdict === 'no-evidence') {
    if (value === null) return `Not known from ${sample}: it needs ${minSample}, wanted ${wanted}.`;
    return `Turns that the end of the run cut off would decide it: ${value}, wanted ${wanted}.`;
  }
  if (value === null) return `Already ${sample} are surely beyond: wanted ${wanted}.`;
  return `${value}, wanted ${wanted}.`;
}
