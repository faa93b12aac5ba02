import type { Random } from '../../../contracts/random.ts';
import { queueLatencies, unitPoisson } from '../../capacity/model/queue.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';

/** A service that simulations know: `servers` generations at once, first come first served, Poisson arrivals. */
export interface Queue {
  readonly servers: number;
  /** Turns per second. */
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
  const turns = warmUp + count;
  const times = unitPoisson(turns, arrivals).map((at) => (at * 1000) / queue.rate);
  const serviceMs = Float64Array.from({ length: turns }, () => queue.service(services));
  return queueLatencies(queue.servers, times, serviceMs).subarray(warmUp);
}

/** Log-normal with this mean and coefficient of variation. */
export function logNormal(mean: number, cv: number): (draw: Random) => number {
  const variance = Math.log(1 + cv * cv);
  const sigma = Math.sqrt(variance);
  return (draw) => mean * Math.exp(sigma * normalDraw(draw) - variance / 2);
}
