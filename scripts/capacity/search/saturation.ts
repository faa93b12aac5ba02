import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { type Inferred, isReached, type Misfit } from '../likelihood/infer.ts';
import { type ClosedStep, closedStepOf } from '../measure/closed-step.ts';
import { turnsPerLevel } from '../measure/level.ts';
import { coefficientOfVariation } from '../model/belief.ts';
import type { Posterior } from '../model/posterior.ts';
import type { Slo } from '../slo.ts';
import { inferService } from './believe.ts';
import type { SearchState } from './search-state.ts';
import { continueWith, type Ended, ended, type Steps } from './step.ts';

/** Of a step with few turns in flight. */
export const FIRST_TURNS = 24;
const MOST_CONCURRENCY = 4096;
/** Throughput that grows less than this when the turns in flight double is saturated. */
const GROWTH = 1.25;
const SLOWER = 1.2;
/** Where it grows as much as the turns in flight none of them waited. */
const DOUBLED = 1.8;
/** Steps up to here have too few turns to be trusted alone. */
const SMALL = 16;
/** Beyond this a step has answers enough by itself. */
const BIG = 32;
/** So many bad turns at a step: no service carries more than its throughput within the SLO, whether saturated or not. */
const HOPELESS = 0.5;
/** Throughput that falls so far shows a service that breaks under the load, not one that is saturated. */
const BROKEN = 0.8;
/** More of the turns in flight than this would be in service, were it not saturated. */
const FULL = 0.7;
/** Below this share of what saturates it, a service is taken as unloaded. */
const UNLOADED = 0.6;
/** Standard deviation of ln(capacity), by all turns together. */
const ABOUT = 0.1;
/** One-sided 95 %. */
const ALPHA = 0.1;

/** Stage A: how long an answer takes alone. Ends the search where that alone breaks the SLO. */
export function* measureService(search: SearchState): Steps<ClosedStep> {
  const step = yield* closedStep(search, 1, FIRST_TURNS);
  return step.kind === 'ended' ? step : (infeasible(step.value, search.settings.slo) ?? step);
}

/** Where the SLO is missed at any rate, by all that one answer at a time showed. */
function infeasible({ n, bad, errors }: ClosedStep, { badShare, errorShare }: Slo): Ended | undefined {
  const [leastBad] = clopperPearson(bad, n, ALPHA);
  if (leastBad > badShare) return ended('infeasible', { code: 'misses-alone', count: bad, n });
  const [leastErrors] = clopperPearson(errors, n, ALPHA);
  if (errorShare !== null && leastErrors > errorShare) {
    return ended('infeasible', { code: 'fails-alone', count: errors, n });
  }
  return undefined;
}

/**
 * Stage B: the throughput that more turns in flight do not raise, in answers a second. Few turns at a step are noisy:
 * it counts as saturated only where answers also take longer than alone, and where a longer step agrees.
 */
export function* saturate(search: SearchState): Steps<number> {
  let previous = search.closed[0]?.throughput ?? 0;
  for (let concurrency = 2; ; concurrency *= 2) {
    const aloneMs = mean(
      search.closed.filter((step) => isQuick(search, step)).flatMap(({ latenciesMs }) => latenciesMs),
    );
    const turns = turnsAt(concurrency);
    if (isTooMuch(search, turns)) return continueWith(previous);
    const doubled = yield* closedStep(search, concurrency, turns);
    if (doubled.kind === 'ended') return doubled;
    const step = doubled.value;
    if (concurrency > SMALL && step.bad >= HOPELESS * step.n) return continueWith(most(step, previous));
    if (step.throughput < DOUBLED * previous && isFull(search, concurrency)) return continueWith(step.throughput);
    if (step.throughput < GROWTH * previous && mean(step.latenciesMs) > SLOWER * aloneMs) {
      if (isAboutKnown(search)) return continueWith(most(step, previous));
      const longer = concurrency > BIG ? doubled : yield* closedStep(search, concurrency, 2 * concurrency + 200);
      if (longer.kind === 'ended') return longer;
      const last = longer.value;
      const isFull = (last.throughput * aloneMs) / 1000 < FULL * concurrency;
      const agreed = isFull ? yield* agrees(search, concurrency, last.throughput) : continueWith(false);
      if (agreed.kind === 'ended') return agreed;
      if (agreed.value) return continueWith(most(last, previous));
    }
    if (concurrency >= MOST_CONCURRENCY) {
      return ended('not-reached', { code: 'not-saturated', concurrency });
    }
    previous = step.throughput;
  }
}

/** Turns of a step with so many in flight. */
export const turnsAt = (concurrency: number): number =>
  Math.max(FIRST_TURNS, (concurrency > BIG ? 4 : 6) * concurrency);

/** Whether a further step would leave no turns for a level, and is not needed: levels say more of a service that is inferred. */
function isTooMuch(search: SearchState, turns: number): boolean {
  if (turns <= search.left - turnsPerLevel(search.settings.slo.badShare)) return false;
  const inferred = inferService(search);
  return 'posterior' in inferred && (isReached(inferred) || turns > search.left);
}

/** Whether all turns together show that some of so many in flight wait: throughput grows no further then. */
function isFull(search: SearchState, concurrency: number): boolean {
  const inferred = inferService(search);
  return isKnown(inferred, ABOUT) && inferred.structure.parallel < concurrency;
}

/** Whether all turns together tell so much of the capacity that more saturation tells little. */
export const isAboutKnown = (search: SearchState, sd = ABOUT): boolean => isKnown(inferService(search), sd);

const isKnown = (inferred: Inferred | Misfit, sd: number): inferred is Inferred =>
  'posterior' in inferred && isReached(inferred) && spreadOf(inferred.posterior) <= sd;

/** Standard deviation of the logarithm by its quantiles: one drawn service of 32 that misses the SLO at any rate is no reason to go on. */
const spreadOf = ({ quantile }: Posterior): number => Math.log(quantile(0.84) / quantile(0.16)) / 2;

/** The throughput of a step, or of the one before, where more in flight only do harm. */
const most = ({ throughput }: ClosedStep, before: number): number =>
  throughput < BROKEN * before ? before : throughput;

/** Share of the budget that a look at whether the throughput is still the same may cost. */
const AFFORDABLE = 0.08;
const AGAIN = 5;
/** A throughput that has changed by less is the same, and by less than three standard errors, too. */
const CHANGED = 0.25;
const SURELY = 3;

/** Turns that it costs; 0 where the service was not saturated, or that would be too many. */
export function againTurns({ closed, settings: { saturate: may, budget } }: SearchState): number {
  const turns = AGAIN * Math.max(...closed.map(({ concurrency }) => concurrency));
  return may && turns <= AFFORDABLE * budget ? turns : 0;
}

/** Answers a second with as many turns in flight as saturated the service, before and now; undefined where that is the same, or too costly to see. */
export function* saturateAgain(search: SearchState, xMax: number): Steps<{ before: number; now: number } | undefined> {
  const turns = againTurns(search);
  if (turns === 0 || turns > search.left) return continueWith(undefined);
  const concurrency = turns / AGAIN;
  const before = search.closed.filter((step) => step.concurrency === concurrency);
  const step = yield* closedStep(search, concurrency, turns);
  if (step.kind === 'ended') return step;
  const { throughput: now } = step.value;
  const spread = coefficientOfVariation(unloaded(search.closed, xMax).latenciesMs);
  const answers = ({ n }: { n: number }): number => n - 2 * concurrency;
  const seen = before.reduce((sum, it) => sum + answers(it), 0);
  const then = before.reduce((sum, it) => sum + it.throughput * answers(it), 0) / seen;
  const error = spread * Math.sqrt(1 / seen + 1 / (turns - 2 * concurrency));
  const isChanged = Math.abs(Math.log(now / then)) > Math.max(CHANGED, SURELY * error);
  return continueWith(isChanged ? { before: then, now } : undefined);
}

/** Whether twice as many in flight, where that costs little, raise the throughput no further either. */
function* agrees(search: SearchState, concurrency: number, throughput: number): Steps<boolean> {
  if (concurrency > SMALL) return continueWith(true);
  const twice = yield* closedStep(search, 2 * concurrency, Math.max(2 * FIRST_TURNS, 12 * concurrency));
  return twice.kind === 'ended' ? twice : continueWith(twice.value.throughput < GROWTH * throughput);
}

/** Not much slower than one turn at a time. */
function isQuick({ closed }: SearchState, { latenciesMs }: ClosedStep): boolean {
  return mean(latenciesMs) <= SLOWER * mean(closed[0]?.latenciesMs ?? []);
}

/** Answer times in ms of the steps in which the service was not busy, and how many of them were bad. */
export function unloaded(closed: readonly ClosedStep[], xMax: number): { latenciesMs: number[]; bad: number } {
  const alone = closed[0]?.latenciesMs ?? [];
  const meanS = mean(alone) / 1000;
  const steps = closed.filter(({ concurrency }) => concurrency === 1 || concurrency <= UNLOADED * xMax * meanS);
  return {
    latenciesMs: steps.flatMap(({ latenciesMs }) => [...latenciesMs]),
    bad: steps.reduce((sum, { bad }) => sum + bad, 0),
  };
}

function* closedStep(search: SearchState, concurrency: number, turns: number): Steps<ClosedStep> {
  const record = yield* search.perform({ kind: 'closed', concurrency, turns });
  if (record.kind === 'ended') return record;
  const step = closedStepOf(record.value, concurrency, search.settings.slo);
  search.addClosed(step);
  const { errorShare } = search.settings.slo;
  const [leastErrors] = clopperPearson(step.errors, step.n, ALPHA);
  if (concurrency > 1 && leastErrors > (errorShare ?? search.settings.slo.badShare)) {
    return ended('not-reached', { code: 'fails-in-flight', concurrency, count: step.errors, n: step.n });
  }
  return continueWith(step);
}
