import { firstRepeat } from '../../../../contracts/first-repeat.ts';
import type { Step } from '../../../../contracts/generated/drift-plan.ts';
import type { Expected } from '../../../../contracts/violation.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type DriftRule, type Probe, type Sighting, sighting } from '../../sighting.ts';
import { agentsIn } from '../chain-view.ts';
import type { RunView } from '../run-view.ts';

type Agents = readonly { readonly id: string; readonly createdAt: string }[];

/** Agents are listed once each, newest first, those that answer among them, and none of another workspace. */
export function judgeAgents({ run: { plan }, sound, distinct }: RunView): Sighting[] {
  const turns = distinct.flatMap((view) => view.turns.map(({ probe }) => probe.step));
  const own = [plan.target.botId, ...agentsOf(turns, 'main')];
  const foreign = agentsOf(turns, 'other');
  const created = new Map<string, string>();
  return sound.flatMap((probe) => {
    const { auth, expect } = probe.step;
    const agents = agentsIn(probe);
    if (agents === undefined || auth.key !== 'main' || expect.statuses[0] !== 200) return [];
    const found = judgeListed(probe, agents, own, foreign);
    return found.length > 0 ? found : judgeAge(probe, agents, created);
  });
}

/** An agent that was listed before, with the same time. */
function judgeAge(probe: Probe, agents: Agents, created: Map<string, string>): Sighting[] {
  const index = agents.findIndex(({ id, createdAt }) => (created.get(id) ?? createdAt) !== createdAt);
  const { id = '', createdAt: value } = agents[index] ?? {};
  const expected = { equals: created.get(id) ?? '' };
  for (const agent of agents) created.set(agent.id, agent.createdAt);
  if (index < 0) return [];
  return [sighting({ rule: DRIFT_RULES.agentAltered, probe, place: `/agents/${index}/createdAt`, expected, value })];
}

/** The agents that turns under a key named. */
function agentsOf(steps: readonly Step[], key: Step['auth']['key']): string[] {
  return steps.flatMap(({ auth, body }) => {
    const { botId } = JSON.parse(auth.key === key ? (body ?? '{}') : '{}') as { botId?: string };
    return botId === undefined ? [] : [botId];
  });
}

function judgeListed(probe: Probe, agents: Agents, own: readonly string[], foreign: readonly string[]): Sighting[] {
  const ids = agents.map(({ id }) => id);
  const at = (rule: DriftRule, index: number, expected: Expected): Sighting[] => [
    sighting({ rule, probe, place: `/agents/${index}/id`, expected, value: ids[index] }),
  ];
  const foreigner = ids.findIndex((id) => foreign.includes(id) && !own.includes(id));
  if (foreigner >= 0) return at(DRIFT_RULES.foreignListed, foreigner, { workspace: 'own' });
  const repeat = firstRepeat(ids);
  if (repeat >= 0) return at(DRIFT_RULES.agentsRepeat, repeat, { unique: true });
  const missing = own.find((id) => !ids.includes(id));
  if (missing !== undefined) {
    const seen = { place: '/agents', expected: { includes: missing }, value: ids.length };
    return [sighting({ rule: DRIFT_RULES.agentMissing, probe, ...seen })];
  }
  return judgeOrder(probe, agents);
}

function judgeOrder(probe: Probe, agents: Agents): Sighting[] {
  const times = agents.map(({ createdAt }) => Date.parse(createdAt));
  const older = times.findIndex((time, index) => time > (times[index - 1] ?? time));
  if (older < 0) return [];
  const seen = { expected: { order: 'newest first' }, value: agents[older]?.createdAt };
  return [sighting({ rule: DRIFT_RULES.listOrder, probe, place: `/agents/${older}/createdAt`, ...seen })];
}
