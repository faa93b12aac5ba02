import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { conversationIn, pageIn } from '../chain-view.ts';
import type { RunView } from '../run-view.ts';

/** What a conversation has from its beginning, once it is known. */
const FIXED = ['source', 'channel', 'externalId'] as const;

/** Get against listings: of one conversation both show the same. */
export function judgeAgreement({ sound, started }: RunView): Sighting[] {
  const own = new Set(started.values());
  const listed = new Map<string, Pick<Conversation, (typeof FIXED)[number]>>();
  for (const probe of sound)
    for (const one of pageIn(probe)?.interactions ?? []) if (own.has(one.id)) listed.set(one.id, one);
  return sound.flatMap((probe) => {
    const conversation = probe.operation === 'get-conversation' ? conversationIn(probe) : undefined;
    const other = conversation && listed.get(conversation.id);
    if (conversation === undefined || other === undefined || conversation.id !== probe.exchange.conversation) return [];
    const differs = (name: (typeof FIXED)[number]): boolean =>
      conversation[name] !== null && other[name] !== null && conversation[name] !== other[name];
    return FIXED.filter(differs).map((name) => {
      const seen = { expected: { equals: String(other[name]) }, value: conversation[name] };
      return sighting({ rule: DRIFT_RULES.shownOtherwise, probe, place: `/readback/${name}`, ...seen });
    });
  });
}
