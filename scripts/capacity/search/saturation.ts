import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { type Inferred, isReached, type Misfit } from '../likelihood/infer.ts';
import { type ClosedStep, closedStepOf } from '../measure/closed-step.ts';
import { turnsPerLevel } from '../measure/level.ts';
import type { Posterior } from '../model/posterior.ts';
import type { Slo } from '../slo.ts';
import { inferService, isCalm } from './believe.ts';
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
/** Steps below have too few turns to be trusted alone, and so has one with so many where none agrees. */
const SMALL = 16;
/** Beyond this a step has answers enough by itself. */
const BIG = 32;
/** Of a step's turns, at most so many are in service where surely some of them wait. */
const MANY_WAIT = 0.75;
/** Turns of a step for each one in flight, up to so many in flight: the more there are, the less a step depends on single ones. */
const TURNS_EACH = [
  { to: 8, calm: 6, other: 6 },
  { to: BIG, calm: 4, other: 6 },
  { to: 2 * BIG, calm: 4, other: 4 },
  { to: Number.POSITIVE_INFINITY, calm: 2.5, other: 4 },
] as const;
/** Answers of a longer step, without its start and its end. */
const LONGER = 200;
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
 * it counts as saturated only where answers also take longer than alone, and where another step agrees.
 */
export function* saturate(search: SearchState): Steps<number> {
  let previous = search.closed[0]?.throughput ?? 0;
  let hasStalled = false;
  for (let concurrency = 2; ; concurrency *= 2) {
    const aloneMs = mean(
      search.closed.filter((step) => isQuick(search, step)).flatMap(({ latenciesMs }) => latenciesMs),
    );
    const turns = turnsAt(concurrency, isCalm(search) ? 'calm' : 'other');
    if (isTooMuch(search, turns)) return continueWith(previous);
    const doubled = yield* closedStep(search, concurrency, turns);
    if (doubled.kind === 'ended') return doubled;
    const step = doubled.value;
    if (concurrency > SMALL && step.bad >= HOPELESS * step.n) return continueWith(most(step, previous));
    if (step.throughput < DOUBLED * previous && isFull(search, concurrency)) return continueWith(step.throughput);
    const isStalled = step.throughput < GROWTH * previous && mean(step.latenciesMs) > SLOWER * aloneMs;
    if (isStalled) {
      if (isTold(search, concurrency, hasStalled)) return continueWith(most(step, previous));
      // A step with twice as many in flight costs less than a longer one, and tells more where works hardly vary.
      if (concurrency > SMALL || isForeign(search) || !isCalm(search)) {
        const agreed = yield* agreeing(search, step, aloneMs);
        if (agreed.kind === 'ended') return agreed;
        if (agreed.value !== undefined) return continueWith(most(agreed.value, previous));
      }
    }
    hasStalled = isStalled;
    if (concurrency >= MOST_CONCURRENCY) {
      return ended('not-reached', { code: 'not-saturated', concurrency });
    }
    previous = step.throughput;
  }
}

/** Turns of a step with so many in flight, of a service whose works hardly vary, or of any other. */
export function turnsAt(concurrency: number, sort: 'calm' | 'other'): number {
  const each = TURNS_EACH.find(({ to }) => concurrency <= to)?.[sort] ?? 0;
  return Math.max(FIRST_TURNS, each * concurrency);
}

/** Whether a further step would leave no turns for a level, and is not needed: levels say more of a service that is inferred. */
function isTooMuch(search: SearchState, turns: number): boolean {
  if (turns <= search.left - turnsPerLevel(search.settings.slo.badShare)) return false;
  const inferred = inferService(search);
  return 'posterior' in inferred && (isReached(inferred) || turns > search.left);
}

/** Whether all turns together show that some of so many in flight wait, or surely many: throughput grows no further then. */
function isFull(search: SearchState, concurrency: number): boolean {
  const inferred = inferService(search);
  if ('misfit' in inferred || !isReached(inferred)) return false;
  const { parallel } = inferred.structure;
  const isSure = concurrency >= SMALL && parallel <= MANY_WAIT * concurrency && isCalm(search);
  return isSure || (parallel < concurrency && isKnown(inferred, ABOUT));
}

/** Whether a throughput that has stalled needs no further step to agree. */
function isTold(search: SearchState, concurrency: number, hasStalled: boolean): boolean {
  if (isAboutKnown(search)) return true;
  if (!isCalm(search)) return false;
  const isTwice = hasStalled && concurrency >= SMALL;
  return (isTwice && !isForeign(search)) || (concurrency > SMALL && isExplained(search));
}

/** Whether all turns together are of a service of the family that some turns waited for: levels tell of the rest. */
export function isExplained(search: SearchState): boolean {
  const inferred = inferService(search);
  return 'posterior' in inferred || inferred.misfit.code === 'objective-unknown';
}

/** Whether the turns are not of a service of the family, however many more there are: throughput alone tells. */
function isForeign(search: SearchState): boolean {
  const inferred = inferService(search);
  return 'misfit' in inferred && inferred.isFinal;
}

/** Whether all turns together tell so much of the capacity that more saturation tells little. */
export const isAboutKnown = (search: SearchState): boolean => isKnown(inferService(search), ABOUT);

const isKnown = (inferred: Inferred | Misfit, sd: number): inferred is Inferred =>
  'posterior' in inferred && isReached(inferred) && spreadOf(inferred.posterior) <= sd;

/** Standard deviation of the logarithm by its quantiles: one drawn service of 32 that misses the SLO at any rate is no reason to go on. */
const spreadOf = ({ quantile }: Posterior): number => Math.log(quantile(0.84) / quantile(0.16)) / 2;

/** The throughput of a step, or of the one before, where more in flight only do harm. */
const most = ({ throughput }: ClosedStep, before: number): number =>
  throughput < BROKEN * before ? before : throughput;

/** A longer step that by its throughput is saturated, too, and so is one with twice as many in flight; undefined where they are not. */
function* agreeing(search: SearchState, step: ClosedStep, aloneMs: number): Steps<ClosedStep | undefined> {
  const { concurrency } = step;
  const longer =
    concurrency > BIG ? continueWith(step) : yield* closedStep(search, concurrency, 2 * concurrency + LONGER);
  if (longer.kind === 'ended') return longer;
  const last = longer.value;
  const isBusy = (last.throughput * aloneMs) / 1000 < FULL * concurrency;
  if (!isBusy || concurrency > SMALL) return continueWith(isBusy ? last : undefined);
  // Where that costs little.
  const twice = yield* closedStep(search, 2 * concurrency, Math.max(2 * FIRST_TURNS, 12 * concurrency));
  if (twice.kind === 'ended') return twice;
  return continueWith(twice.value.throughput < GROWTH * last.throughput ? last : undefined);
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

/** One step of the closed model. Ends the search where too many of its turns fail. */
export function* closedStep(search: SearchState, concurrency: number, turns: number): Steps<ClosedStep> {
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
