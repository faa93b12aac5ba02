import type { Conversation } from './conversation.ts';

/** Where a conversation stands in the order of latest messages: by time, and among equal times by which came last. */
export interface Position {
  readonly at: number;
  readonly order: number;
}

interface Entry extends Position {
  readonly conversation: Conversation;
}

/** Stale entries that are put up with before they are looked at. */
const FEW = 1_000;

/** Conversations in the order of their latest messages. One that moves leaves a stale entry, which goes when half of them are stale. */
export class Timeline {
  #entries: Entry[] = [];
  #stale = 0;
  #next = 1;

  /** A conversation's latest message is of `at`: it moves there. */
  place(conversation: Conversation, at: number): void {
    const { order, latestAt } = conversation;
    const isPlaced = order > 0;
    if (isPlaced && order === this.#next - 1 && latestAt === at) return;
    if (isPlaced) this.#leave(conversation);
    const entry = { at, order: this.#next++, conversation };
    conversation.latestAt = at;
    conversation.order = entry.order;
    let index = this.#entries.length;
    // Nearly always the latest of all: times of parallel turns are milliseconds apart.
    while (index > 0 && (this.#entries[index - 1]?.at ?? 0) > at) index--;
    if (index === this.#entries.length) this.#entries.push(entry);
    else this.#entries.splice(index, 0, entry);
  }

  remove(conversation: Conversation): void {
    this.#leave(conversation);
  }

  /** Oldest first, from `since` to `until`, both ends included, after a position. */
  *ascending(since: number, until: number, after?: Position): Generator<Conversation> {
    const start = after !== undefined && after.at >= since ? after : { at: since, order: 0 };
    for (let index = this.#firstAfter(start); index < this.#entries.length; index++) {
      const entry = this.#entries[index];
      if (entry === undefined || entry.at > until) return;
      if (isCurrent(entry)) yield entry.conversation;
    }
  }

  /** Newest first, from `until` to `since`, both ends included, before a position. */
  *descending(since: number, until: number, before?: Position): Generator<Conversation> {
    const end =
      before !== undefined && before.at <= until
        ? this.#firstAfter({ at: before.at, order: before.order - 1 })
        : this.#firstAfter({ at: until, order: Number.POSITIVE_INFINITY });
    for (let index = end - 1; index >= 0; index--) {
      const entry = this.#entries[index];
      if (entry === undefined || entry.at < since) return;
      if (isCurrent(entry)) yield entry.conversation;
    }
  }

  clear(): void {
    this.#entries = [];
    this.#stale = 0;
    this.#next = 1;
  }

  #leave(conversation: Conversation): void {
    conversation.order = 0;
    this.#stale++;
    if (this.#stale <= FEW || this.#stale * 2 < this.#entries.length) return;
    this.#entries = this.#entries.filter(isCurrent);
    this.#stale = 0;
  }

  /** Binary search: index of the first entry behind a position. */
  #firstAfter({ at, order }: Position): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      const isAfter = entry === undefined || entry.at > at || (entry.at === at && entry.order > order);
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const isCurrent = ({ conversation, order }: Entry): boolean => conversation.order === order;
