import type { Gate, Plan } from '../../../contracts/generated/plan.ts';
import type { ScriptedTurn } from '../../../contracts/generated/workload.ts';
import { templateOf, weightTable } from '../../../contracts/template.ts';
import { leastSample } from '../../foundation/statistics/binomial.ts';
import { countTurns, triesOf } from './turn-budget.ts';

/** A gate that a plan cannot be expected to decide, even were all its turns independent. */
export interface StarvedGate {
  readonly gate: Gate;
  /** Effective sample that the gate needs. */
  readonly needs: number;
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

/**
 * User turns that fall in measured stages if every answer came at once, so rather too many; undefined when only time
 * bounds them. Later turns of a conversation may fall beyond the window, whose turns are not measured.
 */
export function plannedSample(plan: Plan): number | undefined {
  if (plan.model === 'closed') {
    const counted = countTurns(plan);
    return counted === undefined ? undefined : counted.users / triesOf(plan);
  }
  const { schedule, lanes, seed, workload, conversations, lastTurns } = plan;
  const table = weightTable(workload.conversations.map(({ weight = 1 }) => weight));
  let sample = 0;
  for (let number = 0; number < (conversations ?? 0); number += 1) {
    const turns = workload.conversations[templateOf(seed, number, table)]?.turns ?? [];
    const most = number + 1 === conversations ? lastTurns : undefined;
    sample += measuredTurns(plan, schedule[number % lanes]?.[Math.floor(number / lanes)] ?? 0, turns.slice(0, most));
  }
  return sample;
}

function measuredTurns(
  { stages, thinkTime, continuation }: Plan,
  startMs: number,
  turns: readonly ScriptedTurn[],
): number {
  let atMs = startMs;
  let measured = 0;
  for (const [index, { role = 'user', thinkMs }] of turns.entries()) {
    if (index > 0 && continuation.strategy === 'single') break;
    if (index > 0) atMs += thinkMs ?? thinkTime.meanMs;
    const stage = stages.find(({ endMs }) => atMs < endMs);
    if (role === 'user' && stage?.measured === true) measured += 1;
  }
  return measured;
}
