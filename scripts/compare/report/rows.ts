import type { Comparison, Design, Effect, GateArm } from '../../../contracts/generated/comparison.ts';
import { count, duration, gateLimit, metricUnit, plural, probability, share } from '../../foundation/text/format.ts';
import { ASSUMED_SPREAD } from '../design.ts';
import { CHOSEN_PAIRS, CHOSEN_TURNS } from '../interleave/chosen.ts';
import { change, spendingOf } from './model.ts';

export const GATE_HEAD = ['Gate', 'Baseline', 'Candidate', 'Passed before', 'Passed now'];
export const HEAD = ['', 'Baseline', 'Candidate', 'Change', '95% limits', 'p'];

export function gateRows({ gates: all }: Comparison): string[][] {
  return all.map(({ baseline, candidate, ...gate }) => {
    const value = (arm: GateArm): string => armValue(gate.metric, arm);
    const passed = ({ passed: of, runs }: GateArm): string => `${of} of ${runs}`;
    const name = `${gate.metric} ${gateLimit(gate)}`;
    return [name, value(baseline), value(candidate), passed(baseline), passed(candidate)];
  });
}

/** What a gate observed in the runs of one side. */
export const armValue = (metric: string, { value }: GateArm): string =>
  value === null ? 'not known' : metricUnit(metric)(value);

/** Effects, then failed turns. */
export function effectRows({ effects, errors }: Comparison): string[][] {
  const failed = ({ k, n, value }: Comparison['errors']['baseline']): string =>
    `${count(k)} of ${count(n)}${value === null ? '' : ` (${share(value)})`}`;
  return [
    ...effects.map((effect) => [
      `${effect.metric === 'latency.p95' ? 'p95' : 'mean (geometric)'}, ${effect.role} turns`,
      duration(effect.baseline),
      duration(effect.candidate),
      change(effect.ratio),
      limits(effect),
      probability(effect.p),
    ]),
    ['failed turns', failed(errors.baseline), failed(errors.candidate), '', '', failureProbability(errors)],
  ];
}

/** Of failed turns; empty where a side has no turns to compare. */
export const failureProbability = ({ baseline, candidate, p }: Comparison['errors']): string =>
  baseline.n === 0 || candidate.n === 0 ? '' : probability(p);

function limits({ lower, upper }: Effect): string {
  return lower === null || upper === null ? '' : `${change(lower)} to ${change(upper)}`;
}

export function violationLines({ violations: found }: Comparison): string[] {
  return found.map(({ rule, class: kind, count: turns, isNew }) => {
    return `${rule} (${kind}): ${plural(turns, 'turn')}${isNew ? ', not in the baseline' : ''}`;
  });
}

/** The runs that were compared, and how the spread between them is known. */
export function designSentence(design: Design): string {
  const { kind, baselineRuns, candidateRuns, turnsPerRun, days } = design;
  const size = `${plural(baselineRuns, 'run')} against ${plural(candidateRuns, 'run')} of ${count(turnsPerRun)} user turns`;
  switch (kind) {
    case 'interleaved':
      return `${size}, interleaved.${spendingOf(design)}`;
    case 'days':
      return `${size}; the baseline covers ${plural(days, 'other day')}, and the spread between days is measured.`;
    case 'planned':
      return `${size}; the variation between runs is not known, and a spread of ${ASSUMED_SPREAD * 100}% is assumed: interleave runs; ${CHOSEN_PAIRS} pairs of ${CHOSEN_TURNS} user turns (${count(2 * CHOSEN_PAIRS * CHOSEN_TURNS)} in all) detect nearly every change of 10%.`;
    default:
      return kind satisfies never;
  }
}

/** The smallest change that would be found. */
export function certaintySentence({ certainty: { detectable, furtherPairs, furtherTurns } }: Comparison): string {
  if (detectable === null) return '';
  const found = `A p95 that is ${change(detectable)} would be detected in four of five comparisons like this.`;
  return furtherPairs === null || furtherTurns === null
    ? found
    : `${found} ${plural(furtherPairs, 'more pair')} of runs (${plural(furtherTurns, 'turn')}) would decide it.`;
}
