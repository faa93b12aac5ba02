import type { GateSummary, RunSummary } from '../../contracts/generated/baseline.ts';
import type { GateArm, GateContrast } from '../../contracts/generated/comparison.ts';
import { mean } from '../foundation/statistics/moments.ts';
import type { Arms } from './design.ts';

/** The gates that all runs have, and how each arm did. */
export function gatesOf({ baseline, candidate }: Arms): GateContrast[] {
  const [first] = baseline;
  const runs = [...baseline, ...candidate];
  const common = (first?.gates ?? []).filter((gate) => runs.every((run) => gateOf(run, gate) !== undefined));
  return common.map((gate) => {
    const { metric, op, limit } = gate;
    return { metric, op, limit, baseline: armOf(baseline, gate), candidate: armOf(candidate, gate) };
  });
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
  return metric.startsWith('latency.') && values.every((value) => value > 0)
    ? Math.exp(mean(values.map(Math.log)))
    : mean(values);
}
