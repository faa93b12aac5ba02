import type { Tally } from '../measure/level.ts';
import type { Growth } from './service-model.ts';

const STEP = 0.02;

/** What a level showed: of `n` turns at `rate` turns a second `bad` were bad, worth `n / inflation` independent ones. */
export interface Evidence {
  readonly rate: number;
  readonly n: number;
  readonly bad: number;
  readonly inflation: number;
  /** Logit of the share of bad turns of so short a level, less the logit of what the rate shows for ever. */
  readonly bias: number;
}

export interface Prior {
  /** Turns per second at which the service is thought to meet its limit exactly. */
  readonly rate: number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** No higher rate is possible. */
  readonly most: number;
  /** What an idle service showed: some turns are bad at any rate. */
  readonly idle: Tally;
  /** How bad turns grow with the rate, by the model; the service may be steeper or flatter. */
  readonly growth: Growth;
}

/** What is believed of the highest rate that meets the SLO, in turns a second. */
export interface Posterior {
  readonly quantile: (share: number) => number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** The rate that may be promised with 90 % confidence. */
  readonly certified: number;
  /** Share of bad turns at a rate: its quantile over what is believed. */
  readonly badAt: (rate: number, share: number) => number;
}
const REACH_SD = 4;
const STRETCHES = 11;
const STRETCH = { sd: 0.9, reach: 2.5 };
/** Of the logit, of services that share what they have and do not queue. */
const USUAL_SLOPE = 5;
/** Shares of the SLO's share that may be bad at any rate. */
const FLOORS = [0.05, 0.25, 0.45, 0.65, 0.85];
const MOST_LOADED = 0.95;

/**
 * Posterior on a grid over r = ln(rate that meets the SLO), stretch s and floor f: of the turns that an idle service would
 * answer well a share g is bad, logit g(rate) = logit g(e^r) + growth(s (ln rate - r)), so that P(bad | rate) = f + (1 - f) g
 * is the SLO's share at e^r. r is normal around the prior, s log-normal between the model's slope (s = 1) and the usual one,
 * f as an idle service showed it; binomial likelihoods to the power 1 / inflation.
 */
export function posterior(levels: readonly Evidence[], prior: Prior, badShare: number): Omit<Posterior, 'certified'> {
  const { cells, rates } = grid(levels, prior, badShare);
  const marginal = rates.map((r) => ({ r, weight: 0 }));
  let total = 0;
  for (const { index, weight } of cells) {
    const cell = marginal[index];
    if (cell !== undefined) cell.weight += weight;
    total += weight;
  }
  const mean = marginal.reduce((sum, { r, weight }) => sum + r * weight, 0) / total;
  const variance = marginal.reduce((sum, { r, weight }) => sum + (r - mean) ** 2 * weight, 0) / total;
  return {
    sd: Math.sqrt(variance),
    quantile: (share) => Math.exp(quantileOf(marginal, share * total)),
    badAt: (rate, share) => {
      const seen = cells.map(({ law, weight }) => ({ p: badAt(Math.log(rate), law), weight }));
      seen.sort((x, y) => x.p - y.p);
      let sum = 0;
      for (const { p, weight } of seen) {
        sum += weight;
        if (sum >= share * total) return p;
      }
      return seen.at(-1)?.p ?? 1;
    },
  };
}

/** Share of bad turns against the logarithm of the rate. */
interface Law {
  readonly floor: number;
  /** Logit of the share of bad turns, of those that an idle service would answer well, at the capacity. */
  readonly middle: number;
  readonly r: number;
  readonly stretch: number;
  readonly growth: Growth;
}

interface Cell {
  readonly index: number;
  readonly law: Law;
  readonly weight: number;
}

const logit = (share: number): number => Math.log(share / (1 - share));

function grid(levels: readonly Evidence[], prior: Prior, badShare: number): { cells: Cell[]; rates: number[] } {
  const { growth } = prior;
  const centre = Math.log(prior.rate);
  const top = Math.min(centre + REACH_SD * prior.sd, Math.log(prior.most));
  const bottom = Math.min(centre, top) - REACH_SD * prior.sd;
  const rates = Array.from({ length: Math.floor((top - bottom) / STEP) + 1 }, (_, index) => bottom + index * STEP);
  const logs: (Omit<Cell, 'weight'> & { log: number })[] = [];
  for (const part of FLOORS) {
    const floor = part * badShare;
    const middle = logit((badShare - floor) / (1 - floor));
    const idle = prior.idle.bad * Math.log(floor) + (prior.idle.n - prior.idle.bad) * Math.log(1 - floor);
    for (let j = 0; j < STRETCHES; j++) {
      const z = STRETCH.reach * ((2 * j) / (STRETCHES - 1) - 1);
      const stretch = Math.sqrt(USUAL_SLOPE / growth.slope) * Math.exp(STRETCH.sd * z);
      for (const [index, r] of rates.entries()) {
        const law = { floor, middle, r, stretch, growth };
        const log = idle - 0.5 * ((r - centre) / prior.sd) ** 2 - 0.5 * z * z;
        logs.push({ index, law, log: log + likelihood(levels, law) });
      }
    }
  }
  const most = logs.reduce((high, { log }) => Math.max(high, log), Number.NEGATIVE_INFINITY);
  return { rates, cells: logs.map(({ log, ...cell }) => ({ ...cell, weight: Math.exp(log - most) })) };
}

function likelihood(levels: readonly Evidence[], law: Law): number {
  let sum = 0;
  for (const { rate, n, bad, inflation, bias } of levels) {
    const odds = Math.exp(bias + logit(badAt(Math.log(rate), law)));
    sum += (bad * Math.log(odds) - n * Math.log(1 + odds)) / inflation;
  }
  return sum;
}

function badAt(logRate: number, { floor, middle, r, stretch, growth }: Law): number {
  const loaded = 1 / (1 + Math.exp(-middle - grown(growth, stretch * (logRate - r))));
  return floor + (1 - floor) * Math.min(MOST_LOADED, loaded);
}

/** Linear between the model's points, and flat beyond them. */
function grown({ from, step, logits }: Growth, x: number): number {
  const at = Math.max(0, Math.min(logits.length - 1.001, (x - from) / step));
  const low = Math.floor(at);
  const [a = 0, b = 0] = [logits[low], logits[low + 1]];
  return a + (at - low) * (b - a);
}

/** Where the cumulative weight reaches `target`, each cell's weight spread evenly over its step. */
function quantileOf(marginal: readonly { r: number; weight: number }[], target: number): number {
  let sum = 0;
  for (const { r, weight } of marginal) {
    if (sum + weight >= target) return r + STEP * ((target - sum) / weight - 0.5);
    sum += weight;
  }
  return marginal.at(-1)?.r ?? 0;
}
