import { random } from '../../../contracts/random.ts';
import { unitPoisson } from '../model/queue.ts';
import { latenciesOf, mostThroughput, type Structure } from './structure.ts';

/** A service that is known but for its load. */
export interface Service {
  readonly structure: Structure;
  /** Quantiles of the law of works, in ms, evenly apart. */
  readonly law: Float64Array;
}

/** What must hold of a service: a share of turns at most that takes longer. */
export interface Objective {
  readonly limitMs: number;
  readonly badShare: number;
}

/** Random numbers that simulations share, so that they differ by what is simulated alone. */
export interface Draws {
  readonly arrivals: Float64Array;
  readonly picks: Float64Array;
}

const WARM_UP = 0.05;
const FIRST_REACH = 50;
const REACH = 1.1;
const PRECISION = 1.006;

export function drawsOf(count: number, seed: number): Draws {
  const draw = random(seed, 1);
  return {
    arrivals: unitPoisson(count, random(seed, 2)),
    picks: Float64Array.from({ length: count }, () => draw()),
  };
}

/** Latencies in ms at a rate of turns a second. */
export function simulate({ structure, law }: Service, rate: number, { arrivals, picks }: Draws): Float64Array {
  return latenciesOf(
    structure,
    arrivals.map((at) => (1000 * at) / rate),
    picks.map((pick) => law[Math.floor(pick * law.length)] ?? 0),
  );
}

export function badShareAt(service: Service, rate: number, limitMs: number, draws: Draws): number {
  const latencies = simulate(service, rate, draws).subarray(Math.floor(WARM_UP * draws.picks.length));
  let bad = 0;
  for (const latency of latencies) if (latency > limitMs) bad += 1;
  return bad / latencies.length;
}

/** The highest rate of Poisson arrivals at which a service meets an objective; 0 where none does, infinite without a limit. */
export function capacityOf(service: Service, { limitMs, badShare }: Objective, draws: Draws, guess?: number): number {
  const meanMs = service.law.reduce((sum, work) => sum + work, 0) / service.law.length;
  const most = mostThroughput(service.structure, meanMs);
  if (!Number.isFinite(most)) return most;
  const meets = (rate: number): boolean => badShareAt(service, rate, limitMs, draws) <= badShare;
  let [low, high] = guess === undefined ? [most / FIRST_REACH, most] : [guess / REACH, Math.min(most, guess * REACH)];
  while (!meets(low)) {
    if (low < most / FIRST_REACH) return 0;
    [low, high] = [low / REACH ** 2, low];
  }
  while (guess !== undefined && high < most && meets(high)) [low, high] = [high, Math.min(most, high * REACH ** 2)];
  while (high > PRECISION * low) {
    const middle = Math.sqrt(low * high);
    if (meets(middle)) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
