import { type Random, random } from '../../contracts/random.ts';
import type { Observed, Unusable } from './observed.ts';

export const HOUR_MS = 3_600_000;
/** A customer who comes back later than that is a long pause, however long: no load test waits for a day. */
export const LONGEST_PAUSE_MS = 60 * 60_000;

/** Sums of a ratio of means over conversations, from which the estimate and its interval follow. */
export interface RatioSums {
  conversations: number;
  n: number;
  sum: number;
  nn: number;
  sumSum: number;
  nSum: number;
}

const newSums = (): RatioSums => ({ conversations: 0, n: 0, sum: 0, nn: 0, sumSum: 0, nSum: 0 });

function addTo(sums: RatioSums, n: number, sum: number): void {
  sums.conversations += 1;
  sums.n += n;
  sums.sum += sum;
  sums.nn += n * n;
  sums.sumSum += sum * sum;
  sums.nSum += n * sum;
}

interface Window {
  readonly sinceMs: number;
  /** Conversations that started later may continue. */
  readonly openFromMs: number;
}

/**
 * What of a history is kept: sums, counts by the hour, and a simple random sample of conversations (reservoir sampling,
 * Vitter's algorithm R). Its size does not grow with the number of conversations, but for a key of each.
 */
export class Tally {
  readonly hours = new Map<number, number>();
  readonly sample: Observed[] = [];
  readonly counts = {
    ...{
      read: 0,
      started: 0,
      startedBefore: 0,
      duplicates: 0,
      malformed: 0,
      withoutTimes: 0,
      withoutTurns: 0,
      open: 0,
    },
  };
  readonly turns = newSums();
  readonly pauses = newSums();
  readonly chars = newSums();
  readonly roles = new Map<string, number>();
  readonly languages = new Map<string, number>();
  readonly channels = new Map<string, number>();
  cappedPauses = 0;
  /** Of the latest messages that were listed. */
  oldestMs = Number.POSITIVE_INFINITY;
  readonly #seen = new Set<string>();
  readonly #next: Random;

  constructor(
    private readonly window: Window,
    private readonly sampleSize: number,
    seed: number,
  ) {
    this.#next = random(seed, 0x77);
  }

  /** @returns whether it is new, as far as one can tell, and not older than the window */
  add(item: Observed | Unusable): boolean {
    this.counts.read += 1;
    if (typeof item === 'string') {
      this.counts[item] += 1;
      return true;
    }
    if (this.#seen.has(item.key)) {
      this.counts.duplicates += 1;
      return false;
    }
    this.#seen.add(item.key);
    this.oldestMs = Math.min(this.oldestMs, item.latestMs);
    if (item.startMs < this.window.sinceMs) {
      this.counts.startedBefore += 1;
      return item.latestMs >= this.window.sinceMs;
    }
    this.counts.started += 1;
    increment(this.hours, Math.floor(item.startMs / HOUR_MS));
    if (item.startMs > this.window.openFromMs) this.counts.open += 1;
    else this.#addShape(item);
    return true;
  }

  #addShape(item: Observed): void {
    const { turns, language, channel } = item;
    addTo(this.turns, 1, turns.length);
    let [pauses, chars] = [0, 0];
    for (const [index, { role, pauseMs, chars: length }] of turns.entries()) {
      increment(this.roles, role);
      chars += length;
      if (index > 0) pauses += Math.min(pauseMs, LONGEST_PAUSE_MS);
      if (pauseMs > LONGEST_PAUSE_MS) this.cappedPauses += 1;
    }
    if (turns.length > 1) addTo(this.pauses, turns.length - 1, pauses);
    addTo(this.chars, turns.length, chars);
    increment(this.languages, language);
    increment(this.channels, channel);
    const { conversations } = this.turns;
    const place = conversations <= this.sampleSize ? this.sample.length : Math.floor(this.#next() * conversations);
    if (place < this.sampleSize) this.sample[place] = item;
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
