import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import { saturationInterval } from '../judge/throughput-error.ts';
import { turnsPerLevel } from '../measure/level.ts';
import type { Rung, RungRecord } from '../measure/rung.ts';
import { coefficientOfVariation } from '../model/belief.ts';
import { growthAt, idleOf, predictCapacity, type ServiceModel } from '../model/service-model.ts';
import { isCalm, reported } from './believe.ts';
import { conclude, type Ending, findings, type Laid, NEAR } from './conclude.ts';
import type { Findings } from './findings.ts';
import { knownAtLeast, knownSoFar } from './known-so-far.ts';
import { runLevel, searchLevels } from './levels.ts';
import { ramp } from './ramp.ts';
import { saturateAgain } from './saturate-again.ts';
import { isAboutKnown, isExplained, measureService, saturate, unloaded } from './saturation.ts';
import { type SearchSettings, SearchState } from './search-state.ts';
import type { Seed } from './seed.ts';
import { continueWith, type Ended, ended, type Steps } from './step.ts';
import { findThreshold } from './threshold.ts';

const PRIOR_SD = 0.35;
/** Capacity is at most the saturated throughput, as far as it is known. */
const ABOVE_SATURATION = 0.02;
const SUSPECT = 0.5;
/** Share of the saturated throughput at which a service counts as unloaded. */
const CALM = 0.1;
/** Standard errors of a difference that is no chance. */
const SURELY = 3;

/**
 * Searches the highest rate of Poisson arrivals that meets an SLO: service time, saturation, then levels around what is
 * believed by then. Yields the rungs to run, takes their records, returns the findings. It neither knows the time nor
 * who runs the rungs: k6 and the simulator drive the same code, and a replay of the same records continues a search.
 */
export function* capacitySearch(settings: SearchSettings): Generator<Rung, Findings, RungRecord> {
  const search = new SearchState(settings);
  const laid = yield* layLevels(search);
  if (laid.kind === 'continue') {
    const { seed, posterior } = laid.value;
    const end = (): Ending => conclude(search, { ...(seed && { seed }), posterior: reported(search, posterior) });
    return findings(search, knownAtLeast(search) ?? end());
  }
  // Neither says anything of the service.
  const isOurs = laid.isOutOfBudget === true || laid.reason.code === 'generator-late';
  const known = isOurs ? knownSoFar(search, laid) : undefined;
  return findings(search, known ?? (yield* measureLimiter(search, laid)));
}

/** Sees what the limiter lets through that ended the search, where one did; how the search ends then. */
function* measureLimiter(search: SearchState, last: Ended): Generator<Rung, Ended, RungRecord> {
  if (last.refused === undefined) return last;
  const threshold = yield* findThreshold(search, last.refused);
  if (threshold.kind === 'ended') return threshold;
  search.learn({ threshold: threshold.value });
  return last;
}

function* layLevels(search: SearchState): Steps<Laid> {
  const alone = yield* measureService(search);
  if (alone.kind === 'ended') return alone;
  const seeded = yield* search.settings.saturate ? seedBySaturation(search) : ramp(search, alone.value.latenciesMs);
  if (seeded.kind === 'ended') return seeded;
  const seed = seeded.value;
  search.learn(seed);
  let levels = yield* searchLevels(search, seed);
  while (levels.kind === 'continue' && search.extend()) levels = yield* searchLevels(search, seed);
  if (levels.kind === 'ended') return levels;
  search.learn({ posterior: levels.value });
  return (yield* changedSaturation(search)) ?? continueWith({ seed, posterior: levels.value });
}

/** The end where saturation is no longer what it was: a service that scales, or wears out, has no one capacity. */
function* changedSaturation(search: SearchState): Generator<Rung, Ended | undefined, RungRecord> {
  const { xMax } = search.learned;
  if (xMax === null) return undefined;
  const again = yield* saturateAgain(search, xMax);
  if (again.kind === 'ended') return again;
  if (again.value === undefined) return undefined;
  const { before, now: after } = again.value;
  return ended('drifting', { code: 'saturation-changed', before, after });
}

function* seedBySaturation(search: SearchState): Steps<Seed> {
  const { slo, seed, maxRate } = search.settings;
  const saturated = yield* saturate(search);
  if (saturated.kind === 'ended') return saturated;
  const xMax = saturated.value;
  const { latenciesMs, bad } = unloaded(search.closed, xMax);
  const meanS = mean(latenciesMs) / 1000;
  let model = { servers: Math.max(1, Math.round(xMax * meanS)), services: latenciesMs, limitMs: slo.limitMs, seed };
  search.learn({ xMax, model });
  const isTold = isCalm(search) ? isExplained(search) : isAboutKnown(search);
  if (bad > SUSPECT * slo.badShare * latenciesMs.length && !isTold) {
    const rate = Math.min(CALM * xMax, maxRate ?? xMax);
    const idle = yield* probeCalm(search, model, rate, { n: latenciesMs.length, bad });
    if (idle.kind === 'ended') return idle;
    model = { ...model, services: [...latenciesMs, ...idle.value] };
  }
  const rate = predictCapacity(model, slo.badShare, xMax);
  const cv = coefficientOfVariation(latenciesMs);
  const [, mostSaturated] = saturationInterval(search.closed, { saturated: xMax, cv }) ?? [xMax, xMax];
  return continueWith({
    model,
    prior: {
      rate,
      sd: PRIOR_SD,
      most: Math.exp(ABOVE_SATURATION) * mostSaturated,
      idle: idleOf(model),
      growth: growthAt(model, rate),
    },
  });
}

/** A level at a rate that cannot matter; its answer times in ms. Ends the search where even that comes close to missing the SLO. */
function* probeCalm(
  search: SearchState,
  model: ServiceModel,
  rate: number,
  before: { n: number; bad: number },
): Steps<number[]> {
  const { badShare } = search.settings.slo;
  const calm = yield* runLevel(search, model, { rate, turns: turnsPerLevel(badShare), purpose: 'calm' });
  if (calm.kind === 'ended') return calm;
  const level = calm.value;
  const [n, bad] = [level.n + before.n, level.bad + before.bad];
  const [least, most] = clopperPearson(bad, n);
  if (bad < NEAR * badShare * n) return continueWith(level.latenciesMs.filter(Number.isFinite));
  const seen = { rate, share: bad / n, lower: least, upper: most };
  const factor = slowdown(model.services, level.latenciesMs.slice(level.latenciesMs.length / 2));
  if (factor !== undefined) {
    return ended('drifting', { code: 'slower-than-before', rate, factor });
  }
  if (least > badShare) return ended('infeasible', { code: 'misses-when-calm', ...seen });
  return ended('ill-posed', { code: 'idle-misses', ...seen });
}

/** By what factor later answers are slower than earlier ones, by their mean logarithms; undefined where that may be chance. */
function slowdown(before: readonly number[], after: readonly number[]): number | undefined {
  const [a, b] = [before, after].map((list) => logMoments(list.filter(Number.isFinite)));
  if (a === undefined || b === undefined) return undefined;
  const difference = b.mean - a.mean;
  return difference > SURELY * Math.sqrt(a.error ** 2 + b.error ** 2) ? Math.exp(difference) : undefined;
}

function logMoments(values: readonly number[]): { mean: number; error: number } {
  const logs = values.map((ms) => Math.log(Math.max(ms, 1)));
  return { mean: mean(logs), error: Math.sqrt(variance(logs) / logs.length) };
}
