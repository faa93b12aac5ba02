import { random } from '../../../contracts/random.ts';
import type { OpenRung } from '../measure/rung.ts';
import { queueLatencies, resample } from './queue.ts';
import type { ServiceModel } from './service-model.ts';
import { predict } from './service-model.ts';

/** What sets a level of some hundred turns apart from the same rate for ever. */
export interface Transient {
  /** Logit of its share of bad turns, less that for ever: near saturation a queue takes longer to build up than a level lasts. */
  readonly bias: number;
  /** Variance of its number of bad turns over that of as many independent turns. */
  readonly inflation: number;
}

const REPLICATIONS = 100;
const STREAM = 5;
/** Of the logarithm of the scale, between simulations. */
const GRID = 0.02;
/** Half a bad turn in all replications is as little as they tell. */
const LEAST = 0.5;
/** Shares below and above hardly differ. */
const LOGITS = { least: -5, most: 3 } as const;

const known = new WeakMap<OpenRung, Map<string, Transient>>();

/**
 * By the model, at the level's own arrivals and its first `n` counting turns; all `scale` times as fast, since the
 * model's capacity is that much higher than what is believed.
 */
export function transientOf(model: ServiceModel, rung: OpenRung, n: number, scale: number): Transient {
  const step = Math.round(Math.log(scale) / GRID);
  const key = `${step}/${n}/${model.limitMs}`;
  const ofRung = known.get(rung) ?? new Map<string, Transient>();
  known.set(rung, ofRung);
  const transient = ofRung.get(key) ?? simulated(model, rung, n, Math.exp(step * GRID));
  ofRung.set(key, transient);
  return transient;
}

function simulated(model: ServiceModel, { rate, arrivals, skip }: OpenRung, n: number, scale: number): Transient {
  if (n === 0) return { bias: 0, inflation: 1 };
  const times = Float64Array.from(arrivals.slice(0, skip + n), (ms) => ms / scale);
  let [sum, squares] = [0, 0];
  for (let index = 0; index < REPLICATIONS; index++) {
    const services = resample(model.services, times.length, random(model.seed, STREAM, index));
    const bad = badAfter(skip, queueLatencies(model.servers, times, services), model.limitMs);
    sum += bad;
    squares += bad * bad;
  }
  const least = LEAST / (REPLICATIONS * n);
  const share = Math.min(1 - least, Math.max(least, sum / (REPLICATIONS * n)));
  const variance = (squares - (sum * sum) / REPLICATIONS) / (REPLICATIONS - 1);
  return {
    bias: logit(share) - logit(predict(model)(rate * scale).bad),
    inflation: Math.max(1, variance / (n * share * (1 - share))),
  };
}

function badAfter(skip: number, latencies: Float64Array, limitMs: number): number {
  let bad = 0;
  for (let i = skip; i < latencies.length; i++) if ((latencies[i] ?? 0) > limitMs) bad += 1;
  return bad;
}

const logit = (share: number): number => Math.max(LOGITS.least, Math.min(LOGITS.most, Math.log(share / (1 - share))));
