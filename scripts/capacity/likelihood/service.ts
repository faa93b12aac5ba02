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

/** The work of each turn, in ms: the same at every rate. */
function worksOf({ law }: Service, { picks }: Draws): Float64Array {
  const works = new Float64Array(picks.length);
  for (let i = 0; i < works.length; i++) works[i] = law[Math.floor((picks[i] ?? 0) * law.length)] ?? 0;
  return works;
}

/** Latencies in ms at a rate of turns a second. */
export function simulate(service: Service, rate: number, draws: Draws, works = worksOf(service, draws)): Float64Array {
  const arrivals = new Float64Array(works.length);
  for (let i = 0; i < works.length; i++) arrivals[i] = (1000 * (draws.arrivals[i] ?? 0)) / rate;
  return latenciesOf(service.structure, arrivals, works);
}

export function badShareAt(
  service: Service,
  rate: number,
  limitMs: number,
  draws: Draws,
  works = worksOf(service, draws),
): number {
  const latencies = simulate(service, rate, draws, works);
  const from = Math.floor(WARM_UP * latencies.length);
  let bad = 0;
  for (let i = from; i < latencies.length; i++) if ((latencies[i] ?? 0) > limitMs) bad += 1;
  return bad / (latencies.length - from);
}

/** The highest rate of Poisson arrivals at which a service meets an objective; 0 where none does, infinite without a limit. */
export function capacityOf(service: Service, { limitMs, badShare }: Objective, draws: Draws, guess?: number): number {
  const meanMs = service.law.reduce((sum, work) => sum + work, 0) / service.law.length;
  const most = mostThroughput(service.structure, meanMs);
  if (!Number.isFinite(most)) return most;
  const works = worksOf(service, draws);
  const meets = (rate: number): boolean => badShareAt(service, rate, limitMs, draws, works) <= badShare;
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
