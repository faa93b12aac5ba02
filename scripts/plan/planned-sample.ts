import type { Gate, Plan, Stage } from '../../contracts/generated/plan.ts';
import { leastSample } from '../metrics/binomial.ts';
import { countTurns } from './turn-budget.ts';

/** A gate that a plan cannot be expected to decide, even were all its turns independent. */
export interface StarvedGate {
  readonly gate: Gate;
  /** Effective sample that the gate needs. */
  readonly needs: number;
}

/** About how many user turns fall in measured stages; undefined when only time bounds them. */
export function plannedSample(plan: Plan): number | undefined {
  const counted = countTurns(plan);
  if (counted === undefined) return undefined;
  const load = (stages: readonly Stage[]): number =>
    stages.reduce((sum, { startMs, endMs, from, to }) => sum + (endMs - startMs) * (from + to), 0);
  const measured = plan.stages.filter((stage) => stage.measured);
  return Math.round((counted.users * load(measured)) / load(plan.stages));
}

/** Gates that will find too few turns: better known before money is spent than after. */
export function starvedGates(plan: Plan): StarvedGate[] {
  const sample = plannedSample(plan);
  if (sample === undefined) return [];
  return plan.gates.map((gate) => ({ gate, needs: needsOf(gate) })).filter(({ needs }) => needs > sample);
}

function needsOf({ metric, minSample }: Gate): number {
  const [, percent] = /^latency\.p(\d+)$/.exec(metric) ?? [];
  return minSample ?? (percent === undefined ? 1 : leastSample(Number(percent) / 100));
}
