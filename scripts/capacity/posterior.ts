/** What a level showed: of `n` turns at `rate` turns a second `bad` were bad, worth `n / inflation` independent ones. */
export interface Evidence {
  readonly rate: number;
  readonly n: number;
  readonly bad: number;
  readonly inflation: number;
}

export interface Prior {
  /** Turns a second at which the service is thought to meet its limit exactly. */
  readonly rate: number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** No higher rate is possible. */
  readonly most: number;
  /** Share of turns that is bad at any rate, where it is known to be considerable. */
  readonly floor?: number;
}

/** What is believed of the highest rate that meets the SLO, in turns a second. */
export interface Posterior {
  readonly quantile: (share: number) => number;
  /** Standard deviation of its logarithm. */
  readonly sd: number;
  /** Share of bad turns at a rate: its quantile over what is believed. */
  readonly badAt: (rate: number, share: number) => number;
}

const STEP = 0.01;
const REACH_SD = 4;
const SLOPES = 29;
const SLOPE = { median: 5, sd: 0.9, reach: 3 };
/** How far below the logit of the SLO's share a level can be: for 5 %, 1.5 %; less far where more is bad at any rate. */
const FLOOR = 1.26;
const CEILING = 3;

/**
 * Posterior on a grid over r = ln(rate that meets the SLO) and slope b: logit P(bad | rate) = logit q + b (ln rate - r),
 * clipped to [logit q - 1.26, 3]; r normal around the prior, b log-normal around 7; binomial likelihoods to the power 1 / inflation.
 */
export function posterior(levels: readonly Evidence[], prior: Prior, badShare: number): Posterior {
  const law = { slo: logit(badShare), floor: Math.max(logit(badShare) - FLOOR, logit(prior.floor ?? 0)) };
  const { cells, rates } = grid(levels, prior, law);
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
      const seen = cells.map(({ r, b, weight }) => ({ r: badAt(rate, r, b, law), weight }));
      seen.sort((x, y) => x.r - y.r);
      let sum = 0;
      for (const { r, weight } of seen) {
        sum += weight;
        if (sum >= share * total) return r;
      }
      return seen.at(-1)?.r ?? 1;
    },
  };
}

/** Logits of the SLO's share of bad turns, and of the least share. */
interface Law {
  readonly slo: number;
  readonly floor: number;
}

const logit = (share: number): number => Math.log(share / (1 - share));

interface Cell {
  readonly index: number;
  readonly r: number;
  readonly b: number;
  readonly weight: number;
}

function grid(levels: readonly Evidence[], prior: Prior, law: Law): { cells: Cell[]; rates: number[] } {
  const centre = Math.log(prior.rate);
  const top = Math.min(centre + REACH_SD * prior.sd, Math.log(prior.most));
  const bottom = Math.min(centre, top) - REACH_SD * prior.sd;
  const rates = Array.from({ length: Math.floor((top - bottom) / STEP) + 1 }, (_, index) => bottom + index * STEP);
  const logs: (Omit<Cell, 'weight'> & { log: number })[] = [];
  for (const [index, r] of rates.entries()) {
    for (let j = 0; j < SLOPES; j++) {
      const z = SLOPE.reach * ((2 * j) / (SLOPES - 1) - 1);
      const b = SLOPE.median * Math.exp(SLOPE.sd * z);
      const log = -0.5 * ((r - centre) / prior.sd) ** 2 - 0.5 * z * z;
      logs.push({ index, r, b, log: log + likelihood(levels, r, b, law) });
    }
  }
  const most = logs.reduce((high, { log }) => Math.max(high, log), Number.NEGATIVE_INFINITY);
  return { rates, cells: logs.map(({ log, ...cell }) => ({ ...cell, weight: Math.exp(log - most) })) };
}

function likelihood(levels: readonly Evidence[], r: number, b: number, law: Law): number {
  let sum = 0;
  for (const { rate, n, bad, inflation } of levels) {
    const p = badAt(rate, r, b, law);
    sum += (bad * Math.log(p) + (n - bad) * Math.log(1 - p)) / inflation;
  }
  return sum;
}

function badAt(rate: number, r: number, b: number, { slo, floor }: Law): number {
  const at = Math.max(floor, slo + b * (Math.log(rate) - r));
  return 1 / (1 + Math.exp(-Math.min(CEILING, at)));
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
