import { levelOf } from './latency.ts';
import { type Ranked, rank } from './percentile.ts';
import { LATE_MS } from './shares.ts';

/** What late starts may have changed in the latencies of measured user turns. */
export interface Lateness {
  /** Had every late turn left on time, and been answered as fast. */
  readonly removed: Ranked;
  /** Had every late turn been so much later still. */
  readonly added: Ranked;
  /** By which share late starts raise the p95 or the geometric mean, whichever more. */
  readonly shift: number;
}

/** Undefined where no latency holds a late start: none was late, or the model is closed. */
export function latenessOf(ranked: Ranked, model: string): Lateness | undefined {
  const { ms, late } = ranked.sample;
  if (model === 'closed' || !late.some((each) => each > LATE_MS)) return undefined;
  const moved = (sign: 1 | -1): Ranked => {
    const shifted = ms.map((value, i) => {
      const by = late[i] ?? 0;
      return by > LATE_MS ? value + sign * by : value;
    });
    return rank({ ...ranked.sample, ms: shifted });
  };
  const removed = moved(-1);
  const [asIs, onTime] = [levelOf(ranked), levelOf(removed)];
  const p95 = asIs.p95 === null || onTime.p95 === null ? 1 : asIs.p95 / onTime.p95;
  return { removed, added: moved(1), shift: Math.max(p95, Math.exp(asIs.meanLog - onTime.meanLog)) - 1 };
}
