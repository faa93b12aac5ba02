import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import type { RunView } from '../run-view.ts';
import type { ShownConversation } from './shown-conversations.ts';

/** What a conversation has from its beginning, once it is known. */
const FIXED = ['source', 'channel', 'externalId'] as const;

/** Get against listings: of one conversation both show the same, and Get every article that an earlier listing showed. */
export function judgeAgreement(view: RunView): Sighting[] {
  const listed = new Map<string, Conversation>();
  return view.shown.flatMap((shown) => {
    const { probe, conversation } = shown;
    if (probe.operation === 'list-conversations') {
      listed.set(conversation.id, conversation);
      return [];
    }
    const other = listed.get(conversation.id);
    return other === undefined ? [] : [...judgeFixed(shown, other), ...judgeArticles(shown, other)];
  });
}

function judgeFixed({ probe, conversation, place }: ShownConversation, other: Conversation): Sighting[] {
  const differs = (name: (typeof FIXED)[number]): boolean =>
    conversation[name] !== null && other[name] !== null && conversation[name] !== other[name];
  return FIXED.filter(differs).map((name) => {
    const seen = { expected: { equals: String(other[name]) }, value: conversation[name] };
    return sighting({ rule: DRIFT_RULES.shownOtherwise, probe, place: `${place}/${name}`, ...seen });
  });
}

/** None at all, though its events name some: what became of single articles since is theirs, and replicas may lack events. */
function judgeArticles({ probe, conversation, place }: ShownConversation, other: Conversation): Sighting[] {
  if (conversation.usedArticles.length > 0 || other.usedArticles.length === 0) return [];
  if (conversation.events.every(({ usedArticles }) => usedArticles.length === 0)) return [];
  const seen = { place: `${place}/usedArticles`, expected: { minItems: 1 }, value: 0 };
  return [sighting({ rule: DRIFT_RULES.shownOtherwise, probe, ...seen })];
}
