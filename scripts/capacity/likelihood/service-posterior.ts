import { random } from '../../../contracts/random.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import type { Posterior } from '../model/posterior.ts';
import { drawLaw } from './law.ts';
import { isLogNormal } from './log-normal.ts';
import { badShareAt, capacityOf, type Draws, drawsOf, type Objective, type Service } from './service.ts';
import type { Likely } from './structures.ts';

const SERVICES = 32;
const TURNS = 15_000;
/** One long simulation corrects the short ones, which share their random numbers. */
const MANY_TURNS = 150_000;
const STREAM = { services: 21, short: 22, long: 23 } as const;
/** Share of services that may miss an objective at any rate; they count as of a low one. */
const MISSED = 0.1;
const LOW = 0.5;
/** Quantile that is promised with 90 % confidence. */
const CERTIFIED = 0.075;
/** Of what is promised: capacities are simulated to about as much. */
const MARGIN = 0.01;

/** Services that the turns may have come from, drawn from the posterior over structures and laws. */
export interface ServicePosterior {
  readonly likeliest: Service;
  readonly services: readonly Service[];
  readonly short: Draws;
  readonly long: Draws;
}

/**
 * The likeliest structure comes first. Where works pass for log-normal, every other service is: their tail then follows from
 * all of them. With tails, works may be longer than any that was seen for half of the services: whether the longest one seen is
 * nearly the longest there is, nobody knows.
 */
export function servicePosterior(
  likely: readonly [Likely, ...Likely[]],
  seed: number,
  hasTails: boolean,
): ServicePosterior {
  const draw = random(seed, STREAM.services);
  const total = likely.reduce((sum, { weight }) => sum + weight, 0);
  const logNormal = new Set(likely.filter(({ law }) => isLogNormal(law.works, law.cut.length)));
  const services = Array.from({ length: SERVICES }, (_, index) => {
    const it = at(likely, ((index + 0.5) / SERVICES) * total);
    const isOther = index % 2 === 1 && logNormal.has(it);
    const isLonger = hasTails && index % 4 < 2;
    const form = isOther ? 'log-normal' : isLonger ? 'with-tail' : 'observed';
    return { structure: it.structure, law: drawLaw(it.law, draw, form) };
  });
  return {
    likeliest: { structure: likely[0].structure, law: drawLaw(likely[0].law) },
    services,
    ...drawsBy(seed),
  };
}

let known: (Pick<ServicePosterior, 'short' | 'long'> & { seed: number }) | undefined;

/** A search asks for the same ones after every rung. */
function drawsBy(seed: number): Pick<ServicePosterior, 'short' | 'long'> {
  if (known?.seed !== seed)
    known = { seed, short: drawsOf(TURNS, seed + STREAM.short), long: drawsOf(MANY_TURNS, seed + STREAM.long) };
  return { short: known.short, long: known.long };
}

/** The structure at which the weights reach a target. */
function at(likely: readonly [Likely, ...Likely[]], target: number): Likely {
  let sum = 0;
  for (const it of likely) {
    sum += it.weight;
    if (sum >= target) return it;
  }
  return likely[0];
}

/** What the services say about the highest rate that meets an objective; undefined where some of them meet it at any rate, or at none. */
export function capacityPosterior(from: ServicePosterior, objective: Objective): Posterior | undefined {
  const { likeliest, services, short, long } = from;
  const rough = capacityOf(likeliest, objective, short);
  if (!isRate(rough)) return undefined;
  const correction = capacityOf(likeliest, objective, long, rough) / rough;
  const found = services.map((service) => correction * capacityOf(service, objective, short, rough));
  if (found.some((rate) => rate === Number.POSITIVE_INFINITY)) return undefined;
  if (found.filter((rate) => !isRate(rate)).length > MISSED * SERVICES) return undefined;
  const rates = found.map((rate) => (isRate(rate) ? rate : LOW * rough));
  const logs = Float64Array.from(rates, Math.log).sort();
  const quantile = (share: number): number => Math.exp(quantileOf(logs, share));
  return {
    quantile,
    sd: Math.sqrt(variance([...logs])),
    certified: (1 - MARGIN) * quantile(CERTIFIED),
    badAt: (rate, share) => {
      // A service that carries more is at a rate what the likeliest one is at a lower one.
      const same = (rate * rough * correction) / Math.exp(quantileOf(logs, 1 - share));
      return badShareAt(likeliest, same / correction, objective.limitMs, short);
    },
  };
}

const isRate = (rate: number): boolean => rate > 0 && Number.isFinite(rate);

/** Beyond the draws as of a normal law: so few of them have no tails. */
function quantileOf(logs: Float64Array, share: number): number {
  const at = share * logs.length - 0.5;
  if (at < 0 || at > logs.length - 1) return mean([...logs]) + Math.sign(at) * 2.5 * Math.sqrt(variance([...logs]));
  const low = Math.floor(at);
  const [a = 0, b = a] = [logs[low], logs[low + 1]];
  return a + (at - low) * (b - a);
}
