import type { GateResult, Result } from '../../contracts/generated/result.ts';
import { count, duration, gateLimit, gateObserved, interval, metricUnit, plural } from '../foundation/text/format.ts';
import { problemSentence } from './problem-sentence.ts';

/** Why a gate passed, failed or was not decided; where more turns would decide it, how many. */
export function gateSentence(gate: GateResult, result: Result): string {
  const value = gate.observed.value === null ? 'Not known' : gateObserved(gate);
  const seen = `${value}, wanted ${gateLimit(gate)}`;
  const sample = `effective sample ${count(Math.floor(gate.nEffective))} of ${plural(gate.n, 'turn')}`;
  switch (gate.reason) {
    case 'met':
    case 'missed':
      return `${seen}.`;
    case 'met-late-harmless':
      return result.plan.model === 'closed'
        ? `${seen}. It passes: in the closed model latencies count from sending.`
        : `${seen}. It passes: the excess is not certain, or changes latencies too little to matter.`;
    case 'missed-for-certain':
      return `Fails with confidence: wanted ${gateLimit(gate)}, and even the most favourable value misses it (${sample}).`;
    case 'no-turns':
      return `There is no turn to judge; limit ${gateLimit(gate)}.`;
    case 'sample-too-small':
      return `Not known, wanted ${gateLimit(gate)}: ${sample}, ${count(gate.minSample)} needed.${longer(gate, result)}`;
    case 'not-certain':
      return `${seen}, but its 95% interval ${interval(gate.observed, metricUnit(gate.metric))} does not (${sample}).${longer(gate, result)}`;
    case 'cut-turns-decide':
      return `${seen}: the result depends on turns that were cut at the end of the run.`;
    case 'late-starts-decide':
      return `${seen}: the result depends on late starts.`;
    case 'ledger-gaps':
      return `${seen}: lines missing from the ledger could change the result.`;
    case 'run-invalid':
      return `${seen}, but ${problemSentence(invalidating(result, false), result)}.`;
    case 'late-starts':
      return `${seen}, but ${problemSentence(invalidating(result, true), result)}.`;
    case 'generator-late':
      return `${seen}, but late starts are the fault of the load generator, not of the service.`;
    default:
      return gate.reason satisfies never;
  }
}

/** The problem that makes a run say nothing. */
function invalidating({ problems }: Result, isLate: boolean): Result['problems'][number] | undefined {
  return problems.find(({ code, severity }) => severity === 'invalid' && (code === 'late-starts') === isLate);
}

/** More than this is no advice. */
const MOST_TIMES_LONGER = 100;
/** Samples vary: a run that is just long enough would be too short as often as not. */
const MARGIN = 1.1;

/** What would decide a gate whose sample does not: so many turns, which take so long at the rate of this run. */
function longer(gate: GateResult, result: Result): string {
  const times = MARGIN * (gate.reason === 'not-certain' ? timesForCertainty(gate) : gate.minSample / gate.nEffective);
  if (!(times > 1 && times < MOST_TIMES_LONGER)) return '';
  const turns = `about ${plural(Math.ceil(gate.n * times), 'measured turn')}`;
  const seconds = secondsReached(result);
  return seconds > 0 ? ` It takes ${turns}: ${duration(1000 * seconds * times)} at this rate.` : ` It takes ${turns}.`;
}

/** Measured time of the run: a closed model may have sent all it had long before its window ended. */
function secondsReached({ window, throughput, goodput }: Result): number {
  const offered = throughput?.offeredPerSecond ?? 0;
  return goodput && offered > 0 ? Math.min(window.seconds, goodput.n / offered) : window.seconds;
}

/** An interval narrows with the root of its sample: how much more it takes until it ends at the limit. */
function timesForCertainty({ observed: { value, lower, upper }, limit }: GateResult): number {
  const far = value !== null && value < limit ? upper : lower;
  return value === null || far === null ? Number.POSITIVE_INFINITY : ((far - value) / (limit - value)) ** 2;
}
