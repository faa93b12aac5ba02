import { referencesIn } from '../../../../contracts/reference.ts';
import { isEpochMs } from '../../../../contracts/timestamp.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { isEncodedAgain } from '../encoded-again.ts';
import { beganAt } from '../listing/pages.ts';
import type { RunView } from '../run-view.ts';
import type { ShownConversation } from './shown-conversations.ts';

/** Stores may date what they write by clocks that differ. */
const APART_MS = 300_000;

/** Stores may keep whole seconds. */
const SECOND_MS = 1_000;

/** What Get and listings show of a conversation as a whole, against what the check said in it. */
export function judgeConversations(view: RunView): Sighting[] {
  const beginnings = new Map<string, number>();
  return view.shown.flatMap((shown) => {
    const turns = view.run.plan.chains[shown.chain]?.steps.flatMap(({ turn }) => turn ?? []) ?? [];
    const said = turns.flatMap(({ reference }) => reference ?? []);
    return [
      ...judgePreview(shown, said),
      ...judgeText(shown, turns[0]?.content),
      ...judgeBeginning(shown),
      ...judgeRedated(shown, beginnings),
    ];
  });
}

/** A preview of what was said in another conversation of the check. */
function judgePreview(
  { probe, conversation: { subjectPreview }, place }: ShownConversation,
  said: readonly { readonly run: number; readonly conversation: number }[],
): Sighting[] {
  const [own] = said;
  const isForeign = referencesIn(subjectPreview ?? '').some(
    ({ run, conversation }) => run === own?.run && said.every((one) => one.conversation !== conversation),
  );
  if (!isForeign) return [];
  const seen = { place: `${place}/subjectPreview`, expected: { of: 'this conversation' } };
  return [sighting({ rule: DRIFT_RULES.foreignAttributes, probe, ...seen })];
}

/** A preview may be any summary; one that is the first message with entities, or in another code, was meant to be that message. */
function judgeText(
  { probe, conversation: { subjectPreview }, place }: ShownConversation,
  content: string | undefined,
): Sighting[] {
  if (typeof subjectPreview !== 'string' || content === undefined || !isEncodedAgain(subjectPreview, content))
    return [];
  const seen = { place: `${place}/subjectPreview`, expected: { text: 'readable' }, value: subjectPreview };
  return [sighting({ rule: DRIFT_RULES.textGarbled, probe, ...seen })];
}

function judgeBeginning({ probe, conversation, place }: ShownConversation): Sighting[] {
  const began = beganAt(conversation);
  const first = Math.min(...conversation.events.map(({ createdAt }) => createdAt));
  if (!isEpochMs(began) || !Number.isFinite(first) || began - first <= APART_MS) return [];
  const seen = { place: `${place}/createdAt`, expected: { notAfter: first }, value: conversation.createdAt };
  return [sighting({ rule: DRIFT_RULES.conversationOrder, probe, ...seen })];
}

/** @param beginnings of conversations at their first look; those that come are added */
function judgeRedated({ probe, conversation, place }: ShownConversation, beginnings: Map<string, number>): Sighting[] {
  const began = beganAt(conversation);
  const first = beginnings.get(conversation.id) ?? began;
  beginnings.set(conversation.id, first);
  if (!(Math.abs(began - first) > SECOND_MS)) return [];
  const seen = { place: `${place}/createdAt`, expected: { createdAt: first }, value: conversation.createdAt };
  return [sighting({ rule: DRIFT_RULES.conversationRedated, probe, ...seen })];
}
