import type { Key, SentValues } from './turn-values.ts';

/** A conversation with a higher number would cost memory for all below it. */
const MOST_CONVERSATIONS = 1 << 24;
const NONE = -1;
/** Bits of a number that tell turns of a conversation apart. */
const BITS = 31;

/** Sent turns that have not settled yet, by their keys, and which turns have been there. */
export class TurnsInFlight {
  /** Whether a turn may have been sent twice: two turns of one conversation that look alike do so, too. */
  mayRepeat = false;
  /** The last turn in flight of each conversation, plus one. */
  private latest: Int32Array = new Int32Array(1 << 16);
  /** Turns of each conversation that were sent, as bits. */
  private seen: Int32Array = new Int32Array(1 << 16);
  /** What was sent, by slots; each with the slot of an earlier turn of its conversation. */
  private readonly slots: SentValues[] = [];
  private earlier: number[] = [];
  private readonly free: number[] = [];

  /** @param make a place for the values of a sent line */
  constructor(private readonly make: () => SentValues) {}

  /** Takes the values in, and gives others to fill in their place; undefined where the turn is in flight already, or its number is too high. */
  add(sent: SentValues): SentValues | undefined {
    const { conversation } = sent;
    if (conversation >= MOST_CONVERSATIONS || this.find(sent) !== NONE) return undefined;
    this.reach(conversation);
    const bit = 1 << ((sent.turn + 7 * sent.attempt) % BITS);
    const seen = this.seen[conversation] ?? 0;
    if ((seen & bit) !== 0) this.mayRepeat = true;
    this.seen[conversation] = seen | bit;
    const slot = this.free.pop() ?? this.slots.length;
    const other = this.slots[slot] ?? this.make();
    this.slots[slot] = sent;
    this.earlier[slot] = (this.latest[conversation] ?? 0) - 1;
    this.latest[conversation] = slot + 1;
    return other;
  }

  /** What was sent of a turn, which is in flight no more. Valid until the next turn is added. */
  take(key: Key): SentValues | undefined {
    const slot = this.find(key);
    if (slot === NONE) return undefined;
    const { conversation } = key;
    const earlier = this.earlier[slot] ?? NONE;
    let later = (this.latest[conversation] ?? 0) - 1;
    if (later === slot) this.latest[conversation] = earlier + 1;
    else {
      while (this.earlier[later] !== slot) later = this.earlier[later] ?? NONE;
      this.earlier[later] = earlier;
    }
    this.free.push(slot);
    return this.slots[slot];
  }

  /** Those that never settled. */
  rest(): SentValues[] {
    const free = new Set(this.free);
    return this.slots.filter((_, slot) => !free.has(slot));
  }

  private find({ conversation, turn, attempt, lane }: Key): number {
    let slot = (this.latest[conversation] ?? 0) - 1;
    for (; slot >= 0; slot = this.earlier[slot] ?? NONE) {
      const sent = this.slots[slot];
      if (sent?.turn === turn && sent.attempt === attempt) return sent.lane === lane ? slot : NONE;
    }
    return NONE;
  }

  private reach(conversation: number): void {
    if (conversation < this.latest.length) return;
    const length = 2 ** Math.ceil(Math.log2(conversation + 1));
    const grown = (from: Int32Array): Int32Array => {
      const to = new Int32Array(length);
      to.set(from);
      return to;
    };
    this.latest = grown(this.latest);
    this.seen = grown(this.seen);
  }
}
