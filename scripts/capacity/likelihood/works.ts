import type { RungTurn } from '../measure/rung.ts';
import type { Structure } from './structure.ts';

/** When the turns of a rung came and went, in order of time. */
export interface Traffic {
  readonly turns: readonly RungTurn[];
  /** Index of a turn that comes; `-1 - index` of one that goes. */
  readonly events: Int32Array;
  readonly times: Float64Array;
  /** Number of the batch of turns that came at one time, from 1; which of them was served first is not known. 0: alone. */
  readonly tied: Uint16Array;
  /** How many turns each one found in flight. */
  readonly found: Int32Array;
}

/** What a structure makes of the turns of a rung. */
export interface Works {
  /** Time that each turn would have taken alone; NaN where that is not known. */
  readonly works: Float64Array;
  /** By what factor each was slowed when it ended. */
  readonly slow: Float64Array;
  /** Turns that ended before their service could begin, which the structure forbids. */
  readonly impossible: number;
}

const TIE_MS = 0.5;
/** Clocks are not exact: where a turn comes so shortly before another goes, as where one follows the other, it did not meet it. */
const MET_MS = 1;
/** Of a turn that waited for another to end: no answer takes less alone. */
const LEAST_WORK_MS = 2;

/** The nearest of the turns that came together with one, of those that may be. */
function mateOf(turn: number, tied: Uint16Array, mayBe: (other: number) => boolean): number | undefined {
  const batch = tied[turn];
  for (let away = 1; tied[turn - away] === batch || tied[turn + away] === batch; away++) {
    if (tied[turn - away] === batch && mayBe(turn - away)) return turn - away;
    if (tied[turn + away] === batch && mayBe(turn + away)) return turn + away;
  }
  return undefined;
}

export function trafficOf(turns: readonly RungTurn[]): Traffic {
  const n = turns.length;
  const at = (event: number): number => {
    const { atMs = 0, latencyMs = 0 } = turns[event < 0 ? -1 - event : event] ?? {};
    return event < 0 ? atMs + latencyMs : atMs;
  };
  const events = Int32Array.from({ length: 2 * n }, (_, k) => (k < n ? k : n - 1 - k));
  // At one time those that go are first, and those that come in the order of their numbers.
  events.sort((a, b) => at(a) - at(b) || (a < 0 ? 0 : 1) - (b < 0 ? 0 : 1) || a - b);
  const met = Array.from(events).sort((a, b) => at(a) - at(b) - (a < 0 ? MET_MS : 0) + (b < 0 ? MET_MS : 0) || a - b);
  const found = new Int32Array(n);
  let inFlight = 0;
  for (const event of met) {
    if (event >= 0) found[event] = inFlight++;
    else inFlight -= 1;
  }
  return {
    turns,
    events,
    times: Float64Array.from(events, at),
    tied: batchesOf(turns),
    found,
  };
}

function batchesOf(turns: readonly RungTurn[]): Uint16Array {
  const isWithNext = (i: number): boolean =>
    (turns[i + 1]?.atMs ?? Number.POSITIVE_INFINITY) - (turns[i]?.atMs ?? 0) < TIE_MS;
  let batch = 0;
  return Uint16Array.from(turns, (_, i) => {
    const isWithLast = i > 0 && isWithNext(i - 1);
    if (isWithNext(i) && !isWithLast) batch += 1;
    return isWithLast || isWithNext(i) ? batch : 0;
  });
}

/**
 * The work of each turn that a structure implies. First come, first served: when turns came and went tells when the service
 * of each began, and how many were in service how fast it went. Nothing is simulated.
 */
export function worksOf({ turns, events, times, tied }: Traffic, { parallel, slowdown }: Structure): Works {
  const n = turns.length;
  const works = new Float64Array(n).fill(Number.NaN);
  const slow = new Float64Array(n).fill(1);
  const begunAt = new Float64Array(n).fill(Number.NaN);
  const [isGone, hasWaited] = [new Uint8Array(n), new Uint8Array(n)];
  // Where a whole batch begins at once, who was first does not matter.
  const waits = new Uint8Array(n + 1);
  const queue = new Int32Array(n);
  let [head, tail, inService, clock, now, impossible] = [0, 0, 0, 0, times[0] ?? 0, 0];
  for (let k = 0; k < events.length; k++) {
    const event = events[k] ?? 0;
    const slowNow = 1 + slowdown * Math.max(0, inService - 1);
    clock += ((times[k] ?? 0) - now) / slowNow;
    now = times[k] ?? 0;
    if (event >= 0) {
      queue[tail++] = event;
    } else {
      const turn = -1 - event;
      const from = begunAt[turn] ?? Number.NaN;
      isGone[turn] = 1;
      const isAnswered = turns[turn]?.outcome === 'answered';
      if (!Number.isNaN(from)) {
        inService -= 1;
        if (waits[tied[turn] ?? 0] === 0) works[turn] = clock - from;
        else if (isAnswered && hasWaited[turn] === 1 && clock - from < LEAST_WORK_MS) impossible += 1;
        slow[turn] = slowNow;
      } else if (tied[turn] === 0) {
        // Given up while it waited, or the structure does not allow it.
        impossible += isAnswered ? 1 : 0;
      } else {
        // One that came together with it has waited in its place, and begins now.
        const mate = mateOf(turn, tied, (other) => isGone[other] === 0 && !Number.isNaN(begunAt[other] ?? Number.NaN));
        if (mate !== undefined) {
          begunAt[mate] = clock;
          hasWaited[mate] = 1;
        }
      }
    }
    for (; head < tail && inService < parallel; head++) {
      const turn = queue[head] ?? 0;
      if (isGone[turn] === 1) continue;
      begunAt[turn] = clock;
      hasWaited[turn] = event < 0 ? 1 : 0;
      inService += 1;
    }
    if (event >= 0 && head < tail) waits[tied[event] ?? 0] = tied[event] === 0 ? 0 : 1;
  }
  return { works, slow, impossible };
}
