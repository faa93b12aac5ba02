/** A message as numbers. */
export interface StoredMessage {
  /** Epoch ms. */
  readonly at: number;
  readonly role: number;
  readonly chars: number;
  /** Tells texts apart; 0 for none. */
  readonly textHash: number;
}

/** Numbers of a message, and the place of the one before it in its conversation. */
const SIZE = 5;
const CHUNK = 20_000;

/** The messages of many conversations as plain numbers: objects would take many times the memory. */
export class MessageStore {
  readonly #chunks: Float64Array[] = [];
  #length = 0;

  /**
   * @param before place of the conversation's message before it; -1 for none
   * @returns its own place
   */
  add({ at, role, chars, textHash }: StoredMessage, before: number): number {
    const offset = (this.#length % CHUNK) * SIZE;
    if (offset === 0) this.#chunks.push(new Float64Array(CHUNK * SIZE));
    this.#chunks.at(-1)?.set([at, role, chars, textHash, before], offset);
    this.#length += 1;
    return this.#length - 1;
  }

  /** The messages of the conversation whose last message is at this place, in the order in which they were added. */
  upTo(last: number): StoredMessage[] {
    const messages: StoredMessage[] = [];
    for (let place = last; place >= 0; ) {
      const chunk = this.#chunks[Math.floor(place / CHUNK)];
      const offset = (place % CHUNK) * SIZE;
      const number = (index: number): number => chunk?.[offset + index] ?? 0;
      messages.push({ at: number(0), role: number(1), chars: number(2), textHash: number(3) });
      place = chunk === undefined ? -1 : number(4);
    }
    return messages.reverse();
  }
}
