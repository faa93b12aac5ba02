import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { Probe } from '../../sighting.ts';
import { conversationIn, pageIn } from '../chain-view.ts';

/** A conversation of the check as one answer shows it. */
export interface ShownConversation {
  readonly probe: Probe;
  readonly conversation: Conversation;
  /** The chain that began it. */
  readonly chain: number;
  /** Of the conversation, in what the check as a whole shows. */
  readonly place: string;
}

/** The conversations of the check wherever Get or a listing shows them, in the order of the answers. */
export function shownConversations(sound: readonly Probe[], started: ReadonlyMap<number, string>): ShownConversation[] {
  const chains = new Map([...started].map(([chain, conversation]) => [conversation, chain]));
  return sound.flatMap((probe): ShownConversation[] => {
    const conversation = probe.operation === 'get-conversation' ? conversationIn(probe) : undefined;
    if (conversation !== undefined) {
      const isOwn = conversation.id === probe.exchange.conversation;
      return isOwn ? [{ probe, conversation, chain: probe.step.of ?? probe.chain.id, place: '/readback' }] : [];
    }
    return (pageIn(probe)?.interactions ?? []).flatMap((one, index) => {
      const chain = chains.get(one.id);
      return chain === undefined ? [] : [{ probe, conversation: one, chain, place: `/listing/interactions/${index}` }];
    });
  });
}

/** The place of a shown conversation in the answer that shows it, for what each answer shows by itself. */
export const placeInAnswer = (place: string): string => place.replace(/^\/(listing|readback)/, '/responses/200/body');
