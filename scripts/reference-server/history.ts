import { publicEvent, type Role } from './event.ts';
import { random, uuid } from './random.ts';
import type { Service } from './service.ts';

/** A conversation of the past, its messages in the order of time. */
export interface PastConversation {
  readonly channel: string;
  readonly userAttributes?: Readonly<Record<string, unknown>>;
  readonly messages: readonly { readonly at: number; readonly role: Role; readonly text: string }[];
}

/** A stream of its own, so that a history changes no id of later turns. */
const HISTORY_STREAM = 0x4857;

/** Stores conversations of the main agent as if they had been held; those with the latest messages last is quickest. */
export function fillHistory({ store, tenancy, seed }: Service, history: Iterable<PastConversation>): void {
  const next = random(seed, HISTORY_STREAM);
  const bot = tenancy.bots.get(tenancy.botId);
  if (bot === undefined) return;
  for (const { channel, userAttributes, messages } of history) {
    const conversation = store.create(uuid(next), bot, messages[0]?.at ?? 0);
    conversation.channel = channel;
    if (userAttributes !== undefined) store.setAttributes(conversation, userAttributes);
    for (const { at, role, text } of messages) conversation.events.push(publicEvent(uuid(next), at, role, text));
    store.timeline.place(conversation, messages.at(-1)?.at ?? conversation.createdAt);
  }
}
