import { queueLatencies } from '../model/queue.ts';
import { DoneHeap } from './done-heap.ts';

/** How a service shares what it has among turns: a family that reaches from a queue (no slowdown) to sharing (none waits). */
export interface Structure {
  /** Turns served at once, first come first served; infinite where none waits. */
  readonly parallel: number;
  /** Each further turn in service slows all of them by so much of their own speed. */
  readonly slowdown: number;
}

/** Latencies of turns that arrive in ascending order, each with its work: the time that it takes alone. */
export function latenciesOf(structure: Structure, arrivals: Float64Array, works: Float64Array): Float64Array {
  const { parallel, slowdown } = structure;
  if (slowdown === 0) return parallel < arrivals.length ? queueLatencies(parallel, arrivals, works) : works.slice();
  const latencies = new Float64Array(arrivals.length);
  const heap = new DoneHeap();
  // The clock of work: what each turn in service has done by now since time zero.
  let [now, clock, arrived, begun] = [0, 0, 0, 0];
  while (arrived < arrivals.length || heap.size > 0) {
    const slow = 1 + slowdown * (heap.size - 1);
    const end = heap.size === 0 ? Number.POSITIVE_INFINITY : now + (heap.least - clock) * slow;
    const at = arrivals[arrived] ?? Number.POSITIVE_INFINITY;
    if (end <= at) {
      [now, clock] = [end, heap.least];
      const turn = heap.pop();
      latencies[turn] = end - (arrivals[turn] ?? 0);
    } else {
      if (heap.size > 0) clock += (at - now) / slow;
      now = at;
      arrived += 1;
    }
    for (; begun < arrived && heap.size < parallel; begun++) heap.push(clock + (works[begun] ?? 0), begun);
  }
  return latencies;
}

/** Turns per second that a structure completes at most, where a turn has so much work in the mean; infinite without a limit. */
export function mostThroughput({ parallel, slowdown }: Structure, meanMs: number): number {
  if (parallel === Number.POSITIVE_INFINITY)
    return slowdown > 0 ? 1000 / (meanMs * slowdown) : Number.POSITIVE_INFINITY;
  return (1000 * parallel) / (meanMs * (1 + slowdown * (parallel - 1)));
}
