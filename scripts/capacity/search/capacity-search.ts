import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean, variance } from '../../foundation/statistics/moments.ts';
import { share } from '../../foundation/text/format.ts';
import { coefficientOfVariation } from '../model/belief.ts';
import type { Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import { growthAt, idleOf, predictCapacity } from '../model/service-model.ts';
import { type Course, conclude, findings } from './conclude.ts';
import type { Findings } from './findings.ts';
import { runLevel, searchLevels, turnsPerLevel } from './levels.ts';
import { ramp } from './ramp.ts';
import { measureService, saturate, saturateAgain, unloaded } from './saturation.ts';
import { type Asks, Halt, Refused, Search, type SearchSettings } from './search-state.ts';
import { findThreshold } from './threshold.ts';

const PRIOR_SD = 0.35;
/** Capacity is at most the saturated throughput, of which some 200 answers tell. */
const SATURATED_ANSWERS = 200;
const ABOVE_SATURATION = 0.02;
const ONE_SIDED_95 = 1.645;
/** An unloaded service this near to the SLO's share hardly notices the rate. */
const NEAR = 0.75;
const SUSPECT = 0.5;
/** Share of the saturated throughput at which a service counts as unloaded. */
const CALM = 0.2;
/** Standard errors of a difference that is no chance. */
const SURELY = 3;

/**
 * Searches the highest rate of Poisson arrivals that meets an SLO: service time, saturation, then levels around what is
 * believed by then. Yields the rungs to run, takes their records, returns the findings. It neither knows the time nor
 * who runs the rungs: k6 and the simulator drive the same code, and a replay of the same records continues a search.
 */
export function* capacitySearch(settings: SearchSettings): Asks<Findings> {
  const search = new Search(settings);
  const course: Course = { model: null, xMax: null, prior: null, posterior: null };
  try {
    yield* follow(search, course);
    return conclude(search, course);
  } catch (halt) {
    if (!(halt instanceof Halt)) throw halt;
    const last = halt instanceof Refused ? yield* limited(search, halt) : halt;
    return findings(search, course, last.boundary, last.reason);
  }
}

/** Sees what the limiter lets through; the halt that ends the search then. */
function* limited(search: Search, refused: Refused): Asks<Halt> {
  try {
    search.threshold = (yield* findThreshold(search, refused)) ?? null;
    return refused;
  } catch (halt) {
    if (!(halt instanceof Halt)) throw halt;
    return halt;
  }
}

function* follow(search: Search, course: Course): Asks<void> {
  yield* measureService(search);
  const { model, prior } = search.settings.saturate ? yield* seeded(search, course) : yield* ramped(search);
  course.model = model;
  course.prior = prior;
  course.posterior = yield* searchLevels(search, model, prior);
  if (course.xMax !== null) yield* assertSame(search, course.xMax);
}

/** Throws Halt where saturation is no longer what it was: a service that scales, or wears out, has no one capacity. */
function* assertSame(search: Search, xMax: number): Asks<void> {
  const changed = yield* saturateAgain(search, xMax);
  if (changed === undefined) return;
  const [before, now] = [changed.before, changed.now].map((rate) => rate.toPrecision(3));
  throw new Halt('drifting', `saturated, the service answered ${before} turns/s at the start and ${now} at the end`);
}

function* seeded(search: Search, course: Course): Asks<{ model: ServiceModel; prior: Prior }> {
  const { slo, seed, maxRate } = search.settings;
  const xMax = yield* saturate(search);
  course.xMax = xMax;
  const { latenciesMs, bad } = unloaded(search.closed, xMax);
  const meanS = mean(latenciesMs) / 1000;
  let model = { servers: Math.max(1, Math.round(xMax * meanS)), services: latenciesMs, limitMs: slo.limitMs, seed };
  course.model = model;
  if (bad > SUSPECT * slo.badShare * latenciesMs.length) {
    const rate = Math.min(CALM * xMax, maxRate ?? xMax);
    const idleMs = yield* probeCalm(search, model, rate, { n: latenciesMs.length, bad });
    model = { ...model, services: [...latenciesMs, ...idleMs] };
    course.model = model;
  }
  const rate = predictCapacity(model, slo.badShare, xMax);
  return {
    model,
    prior: {
      rate,
      sd: PRIOR_SD,
      most: xMax * Math.exp(ABOVE_SATURATION + ONE_SIDED_95 * throughputError(latenciesMs)),
      idle: idleOf(model),
      growth: growthAt(model, rate),
    },
  };
}

/** Relative standard error of the saturated throughput: completions are a renewal process. */
const throughputError = (services: readonly number[]): number =>
  coefficientOfVariation(services) / Math.sqrt(SATURATED_ANSWERS);

/** A level at a rate that cannot matter; returns its answer times in ms. Throws Halt where even that comes close to missing the SLO. */
function* probeCalm(
  search: Search,
  model: ServiceModel,
  rate: number,
  before: { n: number; bad: number },
): Asks<number[]> {
  const { badShare, text } = search.settings.slo;
  const level = yield* runLevel(search, model, { rate, turns: turnsPerLevel(badShare), purpose: 'calm' });
  const [n, bad] = [level.n + before.n, level.bad + before.bad];
  const [least, most] = clopperPearson(bad, n);
  if (bad < NEAR * badShare * n) return level.latenciesMs.filter(Number.isFinite);
  const seen = `${share(bad / n)} (95% interval ${share(least)} to ${share(most)})`;
  const factor = slowdown(model.services, level.latenciesMs.slice(level.latenciesMs.length / 2));
  if (factor !== undefined) {
    throw new Halt(
      'drifting',
      `answers take ${factor.toFixed(1)} times as long at ${rate.toPrecision(3)} turns/s as they did at the start`,
    );
  }
  if (least > badShare) throw new Halt('infeasible', `at ${rate.toPrecision(3)} turns/s already ${seen} miss ${text}`);
  throw new Halt('ill-posed', `${seen} of an idle service's turns miss ${text} already: the rate hardly matters`);
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

function* ramped(search: Search): Asks<{ model: ServiceModel; prior: Prior }> {
  return yield* ramp(search, search.closed[0]?.latenciesMs ?? []);
}
