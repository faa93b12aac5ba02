import { variance } from '../../foundation/statistics/moments.ts';
import type { RungRecord, RungTurn } from './rung.ts';

/** What a limiter lets through, seen from its first refusal to its last: in between nothing but it decides. */
export interface LetThrough {
  /** Turns per second. */
  readonly rate: number;
  /** 90 % interval. */
  readonly interval: readonly [least: number, most: number];
  /** Turns that were let through. */
  readonly turns: number;
  /** Share of turns that were refused. */
  readonly refusedShare: number;
  /** From the first refusal to the last. */
  readonly seconds: number;
}

const REFUSALS = [429, 503];
const BATCHES = 10;
/** Student's t with nine degrees of freedom, 5 % on each side. */
const T_95 = 1.833;

export const isRefusal = ({ status }: Pick<RungTurn, 'status'>): boolean => REFUSALS.includes(status);

/**
 * What a rung shows of a limiter; undefined where it refused fewer than two turns, or both at the same time.
 * At a refusal a token bucket is empty, so that what passes between two of them is what flowed in, to one turn. Other
 * limiters may be less regular: the interval is that of ten batches of time, and that turn either way.
 */
export function letThroughOf({ turns }: Pick<RungRecord, 'turns'>): LetThrough | undefined {
  const sent = [...turns].sort((a, b) => a.atMs - b.atMs);
  const refusals = [...sent.keys()].filter((index) => isRefusal(sent[index] ?? { status: 0 }));
  const [first = 0, last = 0] = [refusals[0], refusals.at(-1)];
  const between = sent.slice(first, last + 1);
  const fromMs = sent[first]?.atMs ?? 0;
  const seconds = ((sent[last]?.atMs ?? 0) - fromMs) / 1000;
  if (seconds <= 0) return undefined;
  const through = between.filter((turn) => !isRefusal(turn) && turn.outcome !== 'unknown');
  const counts = new Array<number>(BATCHES).fill(0);
  for (const { atMs } of through) {
    const batch = Math.min(BATCHES - 1, Math.floor((BATCHES * (atMs - fromMs)) / (1000 * seconds)));
    counts[batch] = (counts[batch] ?? 0) + 1;
  }
  const margin = 1 + T_95 * Math.sqrt(BATCHES) * Math.sqrt(variance(counts));
  return {
    rate: through.length / seconds,
    interval: [Math.max(0, (through.length - margin) / seconds), (through.length + margin) / seconds],
    turns: through.length,
    seconds,
    refusedShare: 1 - through.length / between.length,
  };
}

/** Turns that were let through before the first refusal: what a burst may take. */
export function burstOf({ turns }: Pick<RungRecord, 'turns'>): number {
  const first = turns.findIndex(isRefusal);
  return first < 0 ? turns.length : first;
}
