import type { Conversation } from './conversation.ts';
import type { Bot } from './workspace.ts';

/** Every conversation, in memory, in the order of creation; the oldest go when there are more than `limit`. */
export class Store {
  readonly #byId = new Map<string, Conversation>();
  #ordered: Conversation[] = [];
  #gone = 0;
  #sequence = 0;

  constructor(private readonly limit: number) {}

  /** Conversations that can be found. */
  get size(): number {
    return this.#byId.size;
  }

  create(id: string, bot: Bot, createdAt: number): Conversation {
    const conversation: Conversation = {
      id,
      sequence: this.#sequence++,
      createdAt,
      workspace: bot.workspace,
      botId: bot.id,
      source: 'api',
      channel: 'api',
      userAttributes: {},
      deleted: false,
      events: [],
    };
    this.#byId.set(id, conversation);
    this.#ordered.push(conversation);
    if (this.#byId.size > this.limit) this.#forgetOldest();
    return conversation;
  }

  get(id: string): Conversation | undefined {
    return this.#byId.get(id);
  }

  remove(conversation: Conversation): void {
    if (conversation.deleted) return;
    conversation.deleted = true;
    this.#byId.delete(conversation.id);
    this.#gone++;
    if (this.#gone <= 1_000 || this.#gone * 2 < this.#ordered.length) return;
    this.#ordered = this.#ordered.filter(({ deleted }) => !deleted);
    this.#gone = 0;
  }

  /** Conversations from `since` on, oldest first; both ends count. */
  *ascending(since: number, until: number, afterSequence = -1): Generator<Conversation> {
    const first = this.#firstIndex(({ createdAt, sequence }) => createdAt >= since && sequence > afterSequence);
    for (let index = first; index < this.#ordered.length; index++) {
      const conversation = this.#ordered[index];
      if (conversation === undefined || conversation.createdAt > until) return;
      if (!conversation.deleted) yield conversation;
    }
  }

  /** Conversations up to `until`, newest first; both ends count. */
  *descending(since: number, until: number, beforeSequence = Number.POSITIVE_INFINITY): Generator<Conversation> {
    const end = this.#firstIndex(({ createdAt, sequence }) => createdAt > until || sequence >= beforeSequence);
    for (let index = end - 1; index >= 0; index--) {
      const conversation = this.#ordered[index];
      if (conversation === undefined || conversation.createdAt < since) return;
      if (!conversation.deleted) yield conversation;
    }
  }

  clear(): void {
    this.#byId.clear();
    this.#ordered = [];
    this.#gone = 0;
    this.#sequence = 0;
  }

  #forgetOldest(): void {
    const oldest = this.#byId.values().next().value;
    if (oldest !== undefined) this.remove(oldest);
  }

  /** Binary search: creation time and sequence both grow with the index. */
  #firstIndex(matches: (conversation: Conversation) => boolean): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const conversation = this.#ordered[middle];
      if (conversation !== undefined && matches(conversation)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
