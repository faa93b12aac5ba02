import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { referenceText } from '../../../contracts/reference.ts';
import { CONTENT_CLASSES, contentAt, factAt, followUp, recallQuestion, stated } from './contents.ts';
import { findStep, readStep, turnStep } from './steps.ts';

/** Between a turn and its continuation: a clock that stands still shows. */
const CONTINUE_MS = 300;

/** What the conversations of user turns are made of. */
export interface UserTurns {
  readonly seed: number;
  readonly botId: string;
  readonly run: number;
  readonly userTurns: number;
}

/** Of the conversations in which each class of contents has its first turn: twelve in all, and one of three. */
const FIRST_TURNS = [3, 1, 2, 1, 2];

/**
 * Conversations of user turns. Every second one goes on: its first turn states a fact, its last one asks for it. Where each
 * class of contents had its turn, it is asked two turns later: that shows all that the next turn shows, and a short memory.
 */
export function userChains({ seed, botId, run, userTurns }: UserTurns): Step[][] {
  const chains: Step[][] = [];
  for (let left = userTurns; left > 0; left -= turnsIn(chains)) {
    const conversation = chains.length;
    const wanted = conversation < CONTENT_CLASSES ? (FIRST_TURNS[conversation] ?? 1) : conversation % 2 > 0 ? 1 : 3;
    chains.push(conversationOf({ seed, botId, run, conversation, turns: Math.min(left, wanted) }));
  }
  return chains;
}

const turnsIn = (chains: readonly Step[][]): number =>
  chains.at(-1)?.filter(({ turn }) => turn !== undefined).length ?? 0;

interface UserConversation extends Omit<UserTurns, 'userTurns'> {
  readonly conversation: number;
  readonly turns: number;
}

function conversationOf({ seed, botId, run, conversation, turns }: UserConversation): Step[] {
  const said = (turn: number) => ({ run, conversation, turn });
  const fact = factAt(seed, conversation);
  const text = (turn: number): string => referenceText(said(turn));
  const { kind, condition, text: content } = contentAt(conversation, seed, turns > 1 ? stated(fact, text(0)) : text(0));
  const start: ProbeTurn = { role: 'user', content, continued: false, reference: said(0) };
  const steps = [turnStep(kind, condition, start, startFields(kind, botId, conversation)), findStep(), readStep()];
  for (let turn = 1; turn < turns; turn++) {
    const isLast = turn === turns - 1;
    const next: ProbeTurn = {
      role: 'user',
      content: isLast ? recallQuestion(text(turn)) : followUp(conversation, text(turn)),
      continued: true,
      reference: said(turn),
      ...(isLast && { recalls: fact }),
    };
    const fields = { interactionId: '{conversation}', role: 'user' };
    steps.push({ ...turnStep('C', 'continued-conversation', next, fields), pauseMs: CONTINUE_MS }, readStep());
  }
  return steps;
}

/** What a turn with metadata says of where it comes from. */
export const OWN_CHANNEL = 'chat';

/** What a turn with metadata says of its customer, beside the number of its conversation. */
export const OWN_ATTRIBUTES = {
  plan: 'probe',
  // As in the reference's own request; of nobody (RFC 2606).
  email: 'test@example.com',
  number: 0,
  größe: { deep: [1, null] },
  customerTier: 'Gold & Silver',
  account_no: '0042',
  'time zone': 'Europe/Berlin',
  isVip: true,
  nothing: null,
};

function startFields(kind: string, botId: string, conversation: number): Record<string, unknown> {
  if (kind === 'O') return { botId };
  if (kind !== 'M') return { botId, role: 'user' };
  const metadata = {
    channel: OWN_CHANNEL,
    user_attributes: { ...OWN_ATTRIBUTES, number: conversation },
  };
  return { botId, role: 'user', metadata };
}
