import { parseMetric, type Where } from '../../../contracts/gate-metric.ts';
import type { Gate, Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript, ScriptedTurn } from '../../../contracts/generated/workload.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import { leastSample } from '../../foundation/statistics/least-sample.ts';
import { countTurns, triesOf } from './turn-budget.ts';

/** A gate that a plan cannot be expected to decide, even were all its turns independent. */
export interface StarvedGate {
  readonly gate: Gate;
  /** Effective sample that the gate needs. */
  readonly needs: number;
}

/** Gates that will find too few turns: better known before money is spent than after. */
export function starvedGates(plan: Plan): StarvedGate[] {
  return plan.gates
    .map((gate) => ({ gate, needs: sampleNeeded(gate) }))
    .filter(({ gate, needs }) => needs > (plannedSample(plan, parseMetric(gate.metric)?.where) ?? needs));
}

/** Effective sample below which a gate decides nothing. */
export function sampleNeeded({ metric, minSample }: Gate): number {
  const quantile = parseMetric(metric)?.quantile ?? 1;
  return minSample ?? (quantile === 1 ? 1 : leastSample(quantile));
}

/**
 * User turns, or those that selectors name, that fall in measured stages if every answer came at once, so rather too many;
 * undefined when only time bounds them. Later turns of a conversation may fall beyond the window, whose turns are not measured.
 */
export function plannedSample(plan: Plan, where: Where = {}): number | undefined {
  const isPlain = Object.keys(where).length === 0;
  if (plan.model === 'closed') {
    const counted = countTurns(plan);
    // When a turn of the closed model is due, nobody knows beforehand: nor in which stage.
    return counted === undefined || !isPlain ? undefined : counted.users / triesOf(plan);
  }
  const { schedule, lanes, seed, workload, conversations, lastTurns } = plan;
  const table = scriptTable(workload.conversations);
  let sample = 0;
  for (let number = 0; number < (conversations ?? 0); number += 1) {
    const script = workload.conversations[templateOf(seed, number, table)];
    if (script === undefined || !isMeant(script, where)) continue;
    const most = number + 1 === conversations ? lastTurns : undefined;
    const startMs = schedule[number % lanes]?.[Math.floor(number / lanes)] ?? 0;
    sample += measuredTurns(plan, startMs, script.turns.slice(0, most), where);
  }
  return sample;
}

const isMeant = ({ id, language }: ConversationScript, where: Where): boolean =>
  (where.script ?? id) === id && (where.language === undefined || where.language === language);

function measuredTurns(
  { stages, thinkTime, continuation }: Plan,
  startMs: number,
  turns: readonly ScriptedTurn[],
  where: Where,
): number {
  let atMs = startMs;
  let measured = 0;
  for (const [index, { role = 'user', thinkMs }] of turns.entries()) {
    if (index > 0 && continuation.strategy === 'single') break;
    if (index > 0) atMs += thinkMs ?? thinkTime.meanMs;
    const stage = stages.find(({ endMs }) => atMs < endMs);
    const decides = where.stage === undefined ? stage?.measured === true : stage?.name === where.stage;
    if (role === (where.role ?? 'user') && decides) measured += 1;
  }
  return measured;
}
