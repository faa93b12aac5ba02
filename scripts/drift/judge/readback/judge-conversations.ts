import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { referencesIn } from '../../../../contracts/reference.ts';
import { isEpochMs } from '../../../../contracts/timestamp.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { conversationIn } from '../chain-view.ts';
import { beganAt } from '../listing/pages.ts';
import type { RunView } from '../run-view.ts';

/** Stores may date what they write by clocks that differ. */
const APART_MS = 300_000;

/** Stores may keep whole seconds. */
const SECOND_MS = 1_000;

/** What Get shows of a conversation as a whole, against what the check said in it. */
export function judgeConversations({ run: { plan }, sound }: RunView): Sighting[] {
  const beginnings = new Map<string, number>();
  return sound.flatMap((probe) => {
    const conversation = probe.operation === 'get-conversation' ? conversationIn(probe) : undefined;
    if (conversation === undefined || conversation.id !== probe.exchange.conversation) return [];
    const said = plan.chains[probe.step.of ?? probe.chain.id]?.steps.flatMap(({ turn }) => turn?.reference ?? []) ?? [];
    return [
      ...judgePreview(probe, conversation, said),
      ...judgeBeginning(probe, conversation),
      ...judgeRedated(probe, conversation, beginnings),
    ];
  });
}

/** A preview of what was said in another conversation of the check. */
function judgePreview(
  probe: Probe,
  { subjectPreview }: Conversation,
  said: readonly { readonly run: number; readonly conversation: number }[],
): Sighting[] {
  const [own] = said;
  const isForeign = referencesIn(subjectPreview ?? '').some(
    ({ run, conversation }) => run === own?.run && said.every((one) => one.conversation !== conversation),
  );
  if (!isForeign) return [];
  const seen = { place: '/readback/subjectPreview', expected: { of: 'this conversation' } };
  return [sighting({ rule: DRIFT_RULES.foreignAttributes, probe, ...seen })];
}

function judgeBeginning(probe: Probe, conversation: Conversation): Sighting[] {
  const began = beganAt(conversation);
  const first = Math.min(...conversation.events.map(({ createdAt }) => createdAt));
  if (!isEpochMs(began) || !Number.isFinite(first) || began - first <= APART_MS) return [];
  const seen = { place: '/readback/createdAt', expected: { notAfter: first }, value: conversation.createdAt };
  return [sighting({ rule: DRIFT_RULES.conversationOrder, probe, ...seen })];
}

/** @param beginnings of conversations at their first look; those that come are added */
function judgeRedated(probe: Probe, conversation: Conversation, beginnings: Map<string, number>): Sighting[] {
  const began = beganAt(conversation);
  const first = beginnings.get(conversation.id) ?? began;
  beginnings.set(conversation.id, first);
  if (!(Math.abs(began - first) > SECOND_MS)) return [];
  const seen = { place: '/readback/createdAt', expected: { createdAt: first }, value: conversation.createdAt };
  return [sighting({ rule: DRIFT_RULES.conversationRedated, probe, ...seen })];
}
