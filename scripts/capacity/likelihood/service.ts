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
/** Below the most that a service can complete, a rate is looked for so far at least. */
const FIRST_REACH = 50;
/** Where nothing is known yet, it is first tried at so much less than the most. */
const START = 1.3;
/** Of the logarithm of a rate: the first step at most, and at least. */
const FIRST_STEP = 0.1;
const LEAST_STEP = 0.012;
/** Of the logit of the share of bad turns against the logarithm of the rate, about. */
const SLOPE = 8;
const PRECISION = 0.006;
/** So near to the share that is wanted is at the rate that is looked for, to a quarter of the precision. */
const CLOSE = 0.012;

/**
 * Each slice of the law is drawn exactly once, and as many turns come in all as on average: what a simulation shows then
 * varies three to ten times less than with independent draws.
 */
export function drawsOf(count: number, seed: number): Draws {
  const draw = random(seed, 1);
  const picks = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const j = Math.floor(draw() * (i + 1));
    picks[i] = picks[j] ?? 0;
    picks[j] = (i + 0.5) / count;
  }
  const arrivals = unitPoisson(count, random(seed, 2));
  const stretch = count / (arrivals[count - 1] ?? 1);
  return { arrivals: arrivals.map((at) => at * stretch), picks };
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

/**
 * The highest rate of Poisson arrivals at which a service meets an objective; 0 where none does, infinite without a limit.
 * The logit of the share of bad turns against the logarithm of the rate is nearly straight: a few secants find where it crosses.
 */
export function capacityOf(service: Service, { limitMs, badShare }: Objective, draws: Draws, guess?: number): number {
  const meanMs = service.law.reduce((sum, work) => sum + work, 0) / service.law.length;
  const most = mostThroughput(service.structure, meanMs);
  if (!Number.isFinite(most)) return most;
  const works = worksOf(service, draws);
  const wanted = logitOf(badShare, works.length);
  const excess = (log: number): number =>
    logitOf(badShareAt(service, Math.exp(log), limitMs, draws, works), works.length) - wanted;
  const top = Math.log(most);
  const bracket = bracketOf(excess, Math.min(top, Math.log(guess ?? most / START)), top);
  return bracket === undefined ? 0 : Math.exp(rootIn(excess, bracket));
}

const logitOf = (share: number, n: number): number => {
  const held = Math.min(1 - 0.5 / n, Math.max(0.5 / n, share));
  return Math.log(held / (1 - held));
};

/** A logarithm of a rate, and by how much it misses what is wanted. */
interface Tried {
  readonly log: number;
  readonly excess: number;
}

/** Two rates, the lower one of which meets what is wanted; undefined where none does. */
function bracketOf(excess: (log: number) => number, from: number, top: number): readonly [Tried, Tried] | undefined {
  let last = { log: from, excess: excess(from) };
  // To where the crossing seems to be, and a little beyond; each step is three times as long as the one before at least.
  let step = Math.min(FIRST_STEP, Math.max(LEAST_STEP, (1.3 * Math.abs(last.excess)) / SLOPE));
  for (; ; step *= 3) {
    const isAbove = last.excess > 0;
    if (!isAbove && last.log >= top) return [last, last];
    if (isAbove && last.log < top - Math.log(FIRST_REACH)) return undefined;
    const log = isAbove ? last.log - step : Math.min(top, last.log + step);
    const next = { log, excess: excess(log) };
    if (next.excess > 0 !== isAbove) return isAbove ? [next, last] : [last, next];
    last = next;
  }
}

/** Regula falsi, in the way of Illinois: an end that stays counts half. */
function rootIn(excess: (log: number) => number, [low, high]: readonly [Tried, Tried]): number {
  let [a, b] = [low, high];
  let [weightA, weightB] = [a.excess, b.excess];
  while (b.log - a.log > PRECISION) {
    const part = weightA === weightB ? 0.5 : weightA / (weightA - weightB);
    const log = a.log + Math.min(0.9, Math.max(0.1, part)) * (b.log - a.log);
    const tried = { log, excess: excess(log) };
    if (tried.excess > 0) {
      [b, weightB, weightA] = [tried, tried.excess, weightA / 2];
    } else {
      [a, weightA, weightB] = [tried, tried.excess, weightB / 2];
    }
    if (Math.abs(tried.excess) < CLOSE) return log;
  }
  return (a.log + b.log) / 2;
}
