import { fisher } from '../../foundation/statistics/fisher.ts';
import type { OpenRung, RungTurn } from './rung.ts';

/** So many turns in flight from which on answers suddenly take much longer. */
export interface BreakPoint {
  readonly inFlight: number;
  /** How many times as long, at least: turns that were given up count as what they had waited. */
  readonly factor: number;
}

/** A queue's answers take longer in proportion to what is in flight; this is no proportion any more. Queues of few servers pass 2.5 now and then. */
const MUCH_LONGER = 3.3;
const MOSTLY = 0.8;
/** Compared are turns that found up to a quarter more in flight with those before that found at least half as many. */
const ABOVE = 1.25;
const LEAST = { inFlight: 4, low: 10, high: 5 } as const;
const SURELY = 1e-4;

interface Found {
  readonly inFlight: number;
  readonly latencyMs: number;
}

/** The break point that a rung shows; null where answers grow with what is in flight, as in any queue. */
export function breakPointOf({ jumpStart }: OpenRung, turns: readonly RungTurn[]): BreakPoint | null {
  const seen = foundInFlight(turns)
    .slice(jumpStart)
    .filter((_, index) => turns[jumpStart + index]?.outcome !== 'unknown');
  const most = seen.reduce((high, { inFlight }) => Math.max(high, inFlight), 0);
  let best: (BreakPoint & { p: number }) | null = null;
  for (let inFlight = LEAST.inFlight; inFlight <= most; inFlight++) {
    const here = breakAt(seen, inFlight);
    if (here !== undefined && (best === null || here.p < best.p)) best = { inFlight, ...here };
  }
  return best === null ? null : { inFlight: best.inFlight, factor: best.factor };
}

/** How many turns each one found in flight when it came. */
function foundInFlight(turns: readonly RungTurn[]): Found[] {
  const open: number[] = [];
  return turns.map(({ atMs, latencyMs }) => {
    const still = open.filter((end) => end > atMs);
    open.splice(0, open.length, ...still, atMs + latencyMs);
    return { inFlight: still.length, latencyMs };
  });
}

function breakAt(seen: readonly Found[], at: number): { p: number; factor: number } | undefined {
  const first = seen.findIndex(({ inFlight }) => inFlight >= at);
  const low = seen.slice(0, first).filter(({ inFlight }) => inFlight >= at / 2);
  const high = seen.slice(first).filter(({ inFlight }) => inFlight >= at && inFlight <= ABOVE * at);
  if (low.length < LEAST.low || high.length < LEAST.high) return undefined;
  const usualMs = median(low);
  const slow = ({ latencyMs }: Found): boolean => latencyMs > MUCH_LONGER * usualMs;
  const [below, above] = [low.filter(slow).length, high.filter(slow).length];
  const p = fisher(below, low.length, above, high.length);
  return above < MOSTLY * high.length || p > SURELY ? undefined : { p, factor: median(high) / usualMs };
}

function median(found: readonly Found[]): number {
  const sorted = found.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
