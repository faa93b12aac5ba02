import { isAgents, isConversation, isConversationPage } from '../../../contracts/contract.ts';
import type { Agents } from '../../../contracts/generated/agents.ts';
import type { Conversation } from '../../../contracts/generated/conversation.ts';
import type { ConversationPage } from '../../../contracts/generated/conversation-page.ts';
import type { Event } from '../../../contracts/generated/event.ts';
import type { Probe } from '../sighting.ts';
import type { DriftRun } from './drift-run.ts';

/** A turn that was answered as documented. */
export interface SoundTurn {
  readonly probe: Probe;
  readonly events: readonly Event[];
}

/** The exchanges of a chain, by what they can be held against. Only what is sound by itself is compared with anything. */
export interface ChainView {
  readonly id: number;
  readonly probes: readonly Probe[];
  readonly turns: readonly SoundTurn[];
  /** Whether each of its turns was answered as documented: only then it is known what must be stored. */
  readonly allSound: boolean;
}

/** The chains of a run; `isSound` tells of an exchange whether it showed nothing by itself that explains more. */
export function chainViews({ plan, probes }: DriftRun, isSound: (probe: Probe) => boolean): ChainView[] {
  const byChain = new Map<number, Probe[]>();
  for (const probe of probes) {
    const list = byChain.get(probe.chain.id) ?? [];
    if (list.length === 0) byChain.set(probe.chain.id, list);
    list.push(probe);
  }
  return plan.chains.map(({ id }) => {
    const own = byChain.get(id) ?? [];
    const sent = own.filter(({ step }) => step.turn !== undefined && step.expect.statuses[0] === 200);
    const turns = sent.flatMap((probe) => {
      const { events } = probe.response;
      return events !== undefined && isSound(probe) ? [{ probe, events }] : [];
    });
    return { id, probes: own, turns, allSound: turns.length > 0 && turns.length === sent.length };
  });
}

export function conversationIn({ response: { status, json } }: Probe): Conversation | undefined {
  return status === 200 && json.ok && isConversation(json.value) ? json.value : undefined;
}

export function pageIn({ response: { status, json } }: Probe): ConversationPage | undefined {
  return status === 200 && json.ok && isConversationPage(json.value) ? json.value : undefined;
}

/** The agents that an answer lists. */
export function agentsIn({ operation, response: { status, json } }: Probe): Agents | undefined {
  return operation === 'list-agents' && status === 200 && json.ok && isAgents(json.value) ? json.value : undefined;
}

/** Steps of a chain with all looks of each, in order. */
export function steps(view: ChainView): Probe[][] {
  const groups = new Map<number, Probe[]>();
  for (const probe of view.probes) {
    const list = groups.get(probe.exchange.step) ?? [];
    if (list.length === 0) groups.set(probe.exchange.step, list);
    list.push(probe);
  }
  return [...groups.values()];
}
