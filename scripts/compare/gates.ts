import { isDuration } from '../../contracts/gate-metric.ts';
import type { GateSummary, RunSummary } from '../../contracts/generated/baseline.ts';
import type { Design, GateArm, GateContrast } from '../../contracts/generated/comparison.ts';
import { mean, variance } from '../foundation/statistics/moments.ts';
import { criticalValue } from '../foundation/statistics/student-t.ts';
import { type Arms, ASSUMED_SPREAD, contrastOf } from './design.ts';
import { ALPHA, ALPHA_LATENCY, pValue } from './effects.ts';

/** That the arms differ at all; the level at which Holm finds the first of the two latencies. */
const ALPHA_DIFFERENCE = ALPHA_LATENCY / 2;
/** So many runs have a spread; fewer are taken by their own intervals. */
const LEAST_RUNS = 3;
/** Half the width of a 95 % interval, in standard errors. */
const HALF_WIDTH = 1.96;

/** The gates that all runs have, how each arm did, and whether one that passed is broken. */
export function gatesOf(arms: Arms, kind: Design['kind'], level = ALPHA_DIFFERENCE): GateContrast[] {
  const { baseline, candidate } = arms;
  const [first] = baseline;
  const runs = [...baseline, ...candidate];
  const common = (first?.gates ?? []).filter((gate) => runs.every((run) => gateOf(run, gate) !== undefined));
  return common.map((gate) => {
    const { metric, op, limit } = gate;
    const isBroken = DECIDING.test(metric) && op !== '==' && breaks(arms, kind, { gate, level });
    return { metric, op, limit, baseline: armOf(baseline, gate), candidate: armOf(candidate, gate), isBroken };
  });
}

/** Late starts are the generator's; each answer that breaks the contract counts by itself. */
const DECIDING = /^(latency|errors|goodput)\./;

/** It passes on the baseline, surely misses on the candidate, and the arms surely differ: never at level 0. */
function breaks(arms: Arms, kind: Design['kind'], { gate, level }: { gate: GateSummary; level: number }): boolean {
  if (level === 0) return false;
  const scale = scaleOf(gate);
  const value = (run: RunSummary): number => scale(shownValue(gateOf(run, gate)));
  const [before, after] = [arms.baseline.map(value), arms.candidate.map(value)];
  if ([...before, ...after].some(Number.isNaN)) return false;
  const limit = scale(gate.limit);
  const isKept = arms.baseline.filter((run) => gateOf(run, gate)?.verdict === 'pass').length * 2 > before.length;
  if (!isKept || mean(before) > limit) return false;
  if (!surelyMisses(arms.candidate, gate, limit)) return false;
  const error = (run: RunSummary): number => {
    const { lower, upper } = gateOf(run, gate) ?? gate;
    return lower === null || upper === null ? Number.NaN : Math.abs(scale(upper) - scale(lower)) / (2 * HALF_WIDTH);
  };
  const contrast = contrastOf(arms, kind, { of: value, planned: error, assumed: assumedOf(gate) });
  // Where an interval has no end, the candidate's own miss has to do.
  return Number.isNaN(contrast.standardError) || pValue(contrast) < level;
}

const assumedOf = ({ metric }: GateSummary): number => (isDuration(metric) ? ASSUMED_SPREAD : 0);

function surelyMisses(runs: readonly RunSummary[], gate: GateSummary, limit: number): boolean {
  const scale = scaleOf(gate);
  if (runs.length >= LEAST_RUNS) {
    const values = runs.map((run) => scale(shownValue(gateOf(run, gate))));
    const error = Math.sqrt(variance(values) / values.length);
    return mean(values) - criticalValue(ALPHA, values.length - 1) * error > limit;
  }
  return runs.every((run) => {
    const near = nearEnd(gateOf(run, gate) ?? gate);
    return near !== null && scale(near) > limit;
  });
}

/** The end of its interval that is nearer to the limit of a gate that fails. */
const nearEnd = ({ op, lower, upper }: GateSummary): number | null => (op.startsWith('<') ? lower : upper);

/** A sample too small for a value may fail all the same, where its whole interval is beyond. */
function shownValue(gate: GateSummary | undefined): number {
  return gate?.value ?? (gate?.verdict === 'fail' ? nearEnd(gate) : null) ?? Number.NaN;
}

/** On which runs of one service scatter evenly, and on which more is worse. */
function scaleOf({ metric, op }: GateSummary): (value: number) => number {
  const sign = op.startsWith('<') ? 1 : -1;
  return isDuration(metric) ? (value) => sign * Math.log(Math.max(value, 0.1)) : (value) => sign * value;
}

const gateOf = ({ gates = [] }: RunSummary, { metric, op, limit }: GateSummary): GateSummary | undefined =>
  gates.find((gate) => gate.metric === metric && gate.op === op && gate.limit === limit);

function armOf(runs: readonly RunSummary[], gate: GateSummary): GateArm {
  const its = runs.flatMap((run) => gateOf(run, gate) ?? []);
  const values = its.flatMap(({ value }) => value ?? []);
  const passed = its.filter(({ verdict }) => verdict === 'pass').length;
  const isKnown = values.length > 0 && values.length === its.length;
  return { value: isKnown ? meanOf(gate.metric, values) : null, passed, runs: its.length };
}

function meanOf(metric: string, values: readonly number[]): number {
  return isDuration(metric) && values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : mean(values);
}
