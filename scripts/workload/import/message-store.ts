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

  /** Visits the messages of the conversation whose last message is at this place, from the last one on. */
  visit(last: number, on: (at: number, role: number, chars: number, textHash: number) => void): void {
    for (let place = last; place >= 0; ) {
      const chunk = this.#chunks[Math.floor(place / CHUNK)];
      if (chunk === undefined) return;
      const from = (place % CHUNK) * SIZE;
      on(chunk[from] ?? 0, chunk[from + 1] ?? 0, chunk[from + 2] ?? 0, chunk[from + 3] ?? 0);
      place = chunk[from + 4] ?? -1;
    }
  }
}
