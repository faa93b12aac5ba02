import { random } from '../../../contracts/random.ts';
import type { Tally } from '../measure/level.ts';
import { queueLatencies, resample, unitPoisson } from './queue.ts';

/** The service as a queue: so many answers at once, first come first served, service times as measured. It only plans; it decides nothing. */
export interface ServiceModel {
  readonly servers: number;
  /** Unloaded answer times in ms. */
  readonly services: readonly number[];
  readonly limitMs: number;
  readonly seed: number;
  /** Its servers are a guess from one rate, not measured. */
  readonly guessed?: boolean;
}

/**
 * How the share of turns that the load makes bad grows: its logit at `from + i * step` of the logarithm of rate over
 * capacity, less that at the capacity.
 */
export interface Growth {
  readonly from: number;
  readonly step: number;
  readonly logits: Float64Array;
  /** Of the logit, at the capacity. */
  readonly slope: number;
}

const ARRIVALS = 40_000;
const WARM_UP = 2_000;
/** Of the logarithm of a rate, between rates at which the model was asked. */
const GRID = 0.02;
const STEPS = 14;
const STREAM = { arrivals: 1, services: 2, candidates: 3, candidateServices: 4 } as const;

interface Prediction {
  readonly bad: number;
  readonly meanMs: number;
}
type Predictor = (rate: number) => Prediction;

const predictors = new WeakMap<ServiceModel, Predictor>();

/** Share of bad turns and mean latency in ms that the model predicts at a rate (turns a second), on the same draws at any rate. */
export function predict(model: ServiceModel): Predictor {
  const known = predictors.get(model) ?? interpolated(predictor(model));
  predictors.set(model, known);
  return known;
}

/** The same between rates on a grid, each of which is asked for once. */
function interpolated(exact: Predictor): Predictor {
  const known = new Map<number, Prediction>();
  const at = (step: number): Prediction => {
    const found = known.get(step) ?? exact(Math.exp(step * GRID));
    known.set(step, found);
    return found;
  };
  return (rate) => {
    const step = Math.log(rate) / GRID;
    const [low, high] = [at(Math.floor(step)), at(Math.floor(step) + 1)];
    const share = step - Math.floor(step);
    const between = (a: number, b: number): number => a + share * (b - a);
    return { bad: between(low.bad, high.bad), meanMs: between(low.meanMs, high.meanMs) };
  };
}

function predictor(model: ServiceModel): Predictor {
  const unit = unitPoisson(ARRIVALS, random(model.seed, STREAM.arrivals));
  const services = resample(model.services, ARRIVALS, random(model.seed, STREAM.services));
  return (rate) => {
    const arrivals = new Float64Array(ARRIVALS);
    for (let i = 0; i < ARRIVALS; i++) arrivals[i] = ((unit[i] ?? 0) * 1000) / rate;
    const latencies = queueLatencies(model.servers, arrivals, services).subarray(WARM_UP);
    let bad = 0;
    let sum = 0;
    for (const ms of latencies) {
      if (ms > model.limitMs) bad += 1;
      sum += ms;
    }
    return { bad: bad / latencies.length, meanMs: sum / latencies.length };
  };
}

/** The highest rate up to `most` at which the model keeps the share of bad turns. */
export function predictCapacity(model: ServiceModel, badShare: number, most: number): number {
  const at = predict(model);
  let low = most / 20;
  let high = most;
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.sqrt(low * high);
    if (at(middle).bad <= badShare) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** Unloaded turns, and how many of them are bad. */
export function idleOf({ services, limitMs }: ServiceModel): Tally {
  return { n: services.length, bad: services.filter((ms) => ms > limitMs).length };
}

const REACH = { below: -0.9, above: 0.4, step: 0.05 } as const;
const SHARES = { least: 0.0005, most: 0.995 } as const;
const BESIDE = 0.1;
const SLOPES = { least: 2, most: 60 } as const;

/** By the model, around the rate that it takes for the capacity. */
export function growthAt(model: ServiceModel, rate: number): Growth {
  const at = predict(model);
  const { n, bad } = idleOf(model);
  const logitAt = (x: number): number => {
    const loaded = (at(rate * Math.exp(x)).bad - bad / n) / (1 - bad / n);
    const share = Math.min(SHARES.most, Math.max(SHARES.least, loaded));
    return Math.log(share / (1 - share));
  };
  const middle = logitAt(0);
  const count = Math.round((REACH.above - REACH.below) / REACH.step) + 1;
  const logits = Float64Array.from({ length: count }, (_, index) => logitAt(REACH.below + index * REACH.step) - middle);
  const slope = (logitAt(BESIDE) - logitAt(-BESIDE)) / (2 * BESIDE);
  return { from: REACH.below, step: REACH.step, logits, slope: Math.min(SLOPES.most, Math.max(SLOPES.least, slope)) };
}

const CANDIDATES = 40;
const REPLICATIONS = 4;

/**
 * Poisson arrivals (ms) of a level, chosen among 40 draws as the one for which the model predicts a share of bad turns
 * nearest to the mean of all: the same expectation with much less noise. Never chosen by what was observed.
 * The first `jumpStart` arrive at 0; of the rest the first `skip - jumpStart` do not count either.
 */
export function representativeArrivals(
  model: ServiceModel,
  level: { rate: number; turns: number; jumpStart: number; skip: number },
  number: number,
): number[] {
  const { rate, turns, jumpStart, skip } = level;
  const streams = Array.from({ length: REPLICATIONS }, (_, index) =>
    resample(model.services, turns + jumpStart, random(model.seed, STREAM.candidateServices, number, index)),
  );
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => {
    const gaps = unitPoisson(turns, random(model.seed, STREAM.candidates, number, index));
    const arrivals = new Float64Array(jumpStart + turns);
    for (let i = 0; i < turns; i++) arrivals[jumpStart + i] = ((gaps[i] ?? 0) * 1000) / rate;
    return { arrivals, bad: streams.reduce((sum, services) => sum + badIn(model, arrivals, services, skip), 0) };
  });
  const mean = candidates.reduce((sum, { bad }) => sum + bad, 0) / CANDIDATES;
  const nearest = candidates.reduce((best, it) => (Math.abs(it.bad - mean) < Math.abs(best.bad - mean) ? it : best));
  return Array.from(nearest.arrivals, (ms) => Math.round(ms * 1000) / 1000);
}

function badIn(model: ServiceModel, arrivals: Float64Array, services: Float64Array, skip: number): number {
  let bad = 0;
  const latencies = queueLatencies(model.servers, arrivals, services);
  for (let i = skip; i < latencies.length; i++) if ((latencies[i] ?? 0) > model.limitMs) bad += 1;
  return bad;
}
