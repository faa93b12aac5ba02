import type { Random } from '../../../contracts/random.ts';

/**
 * Latencies of turns that `servers` serve first come, first served. Arrivals ascend; `arrivals[i] + service(i)` with a
 * wait between, all in one unit of time.
 */
export function queueLatencies(
  servers: number,
  arrivals: ArrayLike<number>,
  services: ArrayLike<number>,
): Float64Array {
  const free = new Float64Array(servers);
  const latencies = new Float64Array(arrivals.length);
  for (let i = 0; i < arrivals.length; i++) {
    const at = arrivals[i] ?? 0;
    const end = Math.max(at, free[0] ?? 0) + (services[i] ?? 0);
    latencies[i] = end - at;
    replaceLeast(free, end);
  }
  return latencies;
}

/** Puts a value in the place of the least one of a binary heap. */
export function replaceLeast(heap: Float64Array, value: number, size = heap.length): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    if (child + 1 < size && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1;
    const least = heap[child] ?? 0;
    if (least >= value) break;
    heap[hole] = least;
    hole = child;
  }
  heap[hole] = value;
}

/** Exponential gaps of mean 1, added up. */
export function unitPoisson(count: number, draw: Random): Float64Array {
  const times = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at -= Math.log(1 - draw());
    times[i] = at;
  }
  return times;
}

/** Draws from a sample with replacement. */
export function resample(sample: ArrayLike<number>, count: number, draw: Random): Float64Array {
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) drawn[i] = sample[Math.floor(draw() * sample.length)] ?? 0;
  return drawn;
}
