import type { Step } from '../../../contracts/generated/drift-plan.ts';
import { isAgents } from '../../../contracts/generated/validators.js';
import { DRIFT_RULES, sighting } from '../rules.ts';
import type { Probe, Sighting } from '../sighting.ts';
import type { ChainView } from './chain-view.ts';
import type { DriftRun } from './drift-run.ts';

type Agents = readonly { readonly id: string; readonly createdAt: string }[];

/** Agents are listed once each, newest first, those that answer among them, and none of another workspace. */
export function judgeAgents({ plan }: DriftRun, sound: readonly Probe[], views: readonly ChainView[]): Sighting[] {
  const turns = views.flatMap((view) => view.turns.map(({ probe }) => probe.step));
  const own = [plan.target.botId, ...agentsOf(turns, 'main')];
  const foreign = agentsOf(turns, 'other');
  return sound.flatMap((probe) => {
    const { operation, response, step } = probe;
    if (operation !== 'list-agents' || response.status !== 200) return [];
    if (step.auth.key !== 'main' || step.expect.statuses[0] !== 200) return [];
    const agents = response.json.ok ? response.json.value : undefined;
    return isAgents(agents) ? judgeListed(probe, agents, own, foreign) : [];
  });
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
  const at = (rule: (typeof DRIFT_RULES)['agentsRepeat' | 'foreignListed'], index: number, expected: object) => [
    sighting(rule, probe, `/agents/${index}/id`, { ...expected }, ids[index], '/agents/*/id'),
  ];
  const strange = ids.findIndex((id) => foreign.includes(id) && !own.includes(id));
  if (strange >= 0) return at(DRIFT_RULES.foreignListed, strange, { workspace: 'own' });
  const repeat = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (repeat >= 0) return at(DRIFT_RULES.agentsRepeat, repeat, { unique: true });
  const missing = own.find((id) => !ids.includes(id));
  if (missing !== undefined)
    return [sighting(DRIFT_RULES.agentMissing, probe, '/agents', { includes: missing }, ids.length)];
  return judgeOrder(probe, agents);
}

function judgeOrder(probe: Probe, agents: Agents): Sighting[] {
  const older = agents.findIndex(
    ({ createdAt }, index) =>
      index > 0 && Date.parse(createdAt) > Date.parse(agents[index - 1]?.createdAt ?? createdAt),
  );
  const place = `/agents/${older}/createdAt`;
  const expected = { order: 'newest first' };
  const value = agents[older]?.createdAt;
  return older < 0 ? [] : [sighting(DRIFT_RULES.listOrder, probe, place, expected, value, '/agents/*/createdAt')];
}
