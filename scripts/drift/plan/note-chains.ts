import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { referenceText } from '../../../contracts/reference.ts';
import { externalSteps } from './open-steps.ts';
import { findStep, readStep, turnStep } from './steps.ts';

/** The roles whose turns cost no reply. */
export const ROLES = ['agent', 'finibot', 'otherbot'] as const;
/** So many of these conversations go on, the first one twice. */
const CONTINUED = 6;
export type Role = (typeof ROLES)[number];
export const OTHER: Step['auth'] = { key: 'other', form: 'bearer' };

interface NotesInput {
  readonly botId: string;
  /** An agent of the main workspace whose events carry tags. */
  readonly taggedBotId?: string | undefined;
  readonly now: number;
  readonly run: number;
  /** Number of the first conversation. */
  readonly first: number;
  readonly each: number;
}

/** Conversations that another role starts, at no cost: of each role, with ids of the sender, of an agent that tags. */
export function noteChains({ botId, taggedBotId, now, run, first, each }: NotesInput): Step[][] {
  const chains: Step[][] = [];
  const next = (role: Role): ProbeTurn => note(role, run, first + chains.length);
  for (let index = 0; index < Math.max(each, ROLES.length); index++) {
    const role = ROLES[index % ROLES.length] ?? 'agent';
    const first = next(role);
    const begun = [turnStep('R', `role-${role}`, first, { botId, role }), findStep(), readStep()];
    const ids = index % 2 === 0 ? {} : { botId };
    const third = index === 0 ? further(first, ids, 2) : [];
    chains.push(index < CONTINUED ? [...begun, ...further(first, ids), ...third] : begun);
  }
  for (let round = 0; round < each; round++) {
    chains.push(externalSteps(botId, next('agent'), now));
    if (taggedBotId === undefined) continue;
    const fields = { botId: taggedBotId, role: 'agent' };
    chains.push([turnStep('T', 'agent-with-tags', next('agent'), fields), findStep(), readStep()]);
  }
  return chains;
}

/** A further note in the same conversation; both ids are as good as the one that it continues. */
function further({ role, content, reference }: ProbeTurn, ids: { readonly botId?: string }, place = 1): Step[] {
  const again = { ...(reference as NonNullable<typeof reference>), turn: place };
  const text = content.replace(/\[ref:[^\]]*\]/, referenceText(again));
  const turn: ProbeTurn = { role, content: text, continued: true, reference: again };
  const condition = ids.botId === undefined ? 'continued-note' : 'both-ids';
  return [turnStep('R', condition, turn, { ...ids, interactionId: '{conversation}', role }), readStep()];
}

/** What is lost or changed on the way of a text, in every second note. */
const TROUBLESOME = `<b>"2 > 1"</b> & it's 5 % off,  caf\u00e9\n\u{1F642}`;

export function note(role: Role, run: number, conversation: number): ProbeTurn {
  const reference = { run, conversation, turn: 0 };
  const said = conversation % 2 === 0 ? 'A note of a colleague.' : `A note of a colleague: ${TROUBLESOME}.`;
  return { role, content: `${said} ${referenceText(reference)}`, continued: false, reference };
}

export function foreignChain(botId: string, run: number, conversation: number): Step[] {
  const turn = note('agent', run, conversation);
  return [turnStep('F', 'other-workspace', turn, { botId, role: 'agent' }, OTHER), findStep(OTHER), readStep(OTHER)];
}
