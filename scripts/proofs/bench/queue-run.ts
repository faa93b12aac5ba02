import type { Random } from '../../../contracts/random.ts';

/** A service that simulations know: `servers` generations at once, first come first served, Poisson arrivals. */
export interface Queue {
  readonly servers: number;
  /** Turns a second. */
  readonly rate: number;
  /** Draws one service time in ms. */
  readonly service: (draw: Random) => number;
}

/** Latencies in ms of `count` turns after `warmUp` more that are left out; arrivals and services have streams of their own. */
export function queueRun(
  queue: Queue,
  count: number,
  warmUp: number,
  arrivals: Random,
  services: Random,
): Float64Array {
  const free = new Float64Array(queue.servers);
  const latencies = new Float64Array(count);
  let at = 0;
  for (let turn = -warmUp; turn < count; turn++) {
    at += (-Math.log(1 - arrivals()) * 1000) / queue.rate;
    const server = earliest(free);
    const endsAt = Math.max(at, free[server] ?? 0) + queue.service(services);
    free[server] = endsAt;
    if (turn >= 0) latencies[turn] = endsAt - at;
  }
  return latencies;
}

function earliest(free: Float64Array): number {
  let best = 0;
  for (let i = 1; i < free.length; i++) if ((free[i] ?? 0) < (free[best] ?? 0)) best = i;
  return best;
}

/** Standard normal, by Box and Muller. */
export function normal(draw: Random): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** Log-normal with this mean and coefficient of variation. */
export function logNormal(mean: number, cv: number): (draw: Random) => number {
  const variance = Math.log(1 + cv * cv);
  const sigma = Math.sqrt(variance);
  return (draw) => mean * Math.exp(sigma * normal(draw) - variance / 2);
}
