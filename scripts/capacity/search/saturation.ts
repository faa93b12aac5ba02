import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { type ClosedStep, closedStepOf } from '../measure/closed-step.ts';
import { coefficientOfVariation } from '../model/belief.ts';
import type { Slo } from '../slo.ts';
import { type Asks, Halt, type Search } from './search-state.ts';

const FIRST_TURNS = 24;
const MOST_CONCURRENCY = 4096;
/** Throughput that grows less than this when the turns in flight double is saturated. */
const GROWTH = 1.25;
const SLOWER = 1.2;
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
/** One-sided 95 %. */
const ALPHA = 0.1;

/** Stage A: how long an answer takes alone. Throws Halt where that alone breaks the SLO. */
export function* measureService(search: Search): Asks<void> {
  const step = yield* closedStep(search, 1, FIRST_TURNS);
  assertFeasible(step, search.settings.slo);
}

/** Throws Halt where the SLO is missed at any rate, by all that one answer at a time showed. */
function assertFeasible({ n, bad, errors }: ClosedStep, { badShare, errorShare, text }: Slo): void {
  const [leastBad] = clopperPearson(bad, n, ALPHA);
  if (leastBad > badShare) throw new Halt('infeasible', `one turn at a time, ${bad} of ${n} already miss ${text}`);
  const [leastErrors] = clopperPearson(errors, n, ALPHA);
  if (errorShare !== null && leastErrors > errorShare) {
    throw new Halt('infeasible', `one turn at a time, ${errors} of ${n} already fail`);
  }
}

/**
 * Stage B: the throughput that more turns in flight do not raise, in answers a second. Few turns at a step are noisy:
 * it counts as saturated only where answers also take longer than alone, and where a longer step agrees.
 */
export function* saturate(search: Search): Asks<number> {
  let previous = search.closed[0]?.throughput ?? 0;
  for (let concurrency = 2; ; concurrency *= 2) {
    const aloneMs = mean(
      search.closed.filter((step) => isQuick(search, step)).flatMap(({ latenciesMs }) => latenciesMs),
    );
    const turns = (concurrency > BIG ? 4 : 6) * concurrency;
    const step = yield* closedStep(search, concurrency, Math.max(FIRST_TURNS, turns));
    if (concurrency > SMALL && step.bad >= HOPELESS * step.n) return most(step, previous);
    if (step.throughput < GROWTH * previous && mean(step.latenciesMs) > SLOWER * aloneMs) {
      const last = concurrency > BIG ? step : yield* closedStep(search, concurrency, 2 * concurrency + 200);
      const isFull = (last.throughput * aloneMs) / 1000 < FULL * concurrency;
      if (isFull && (yield* agrees(search, concurrency, last.throughput))) return most(last, previous);
    }
    if (concurrency >= MOST_CONCURRENCY)
      throw new Halt('not-reached', `${concurrency} turns in flight do not saturate it`);
    previous = step.throughput;
  }
}

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
export function againTurns({ closed, settings: { saturate: may, budget } }: Search): number {
  const turns = AGAIN * Math.max(...closed.map(({ concurrency }) => concurrency));
  return may && turns <= AFFORDABLE * budget ? turns : 0;
}

/** Answers a second with as many turns in flight as saturated the service, before and now; undefined where that is the same, or too costly to see. */
export function* saturateAgain(search: Search, xMax: number): Asks<{ before: number; now: number } | undefined> {
  const turns = againTurns(search);
  if (turns === 0 || turns > search.left) return undefined;
  const concurrency = turns / AGAIN;
  const before = search.closed.filter((step) => step.concurrency === concurrency);
  const { throughput: now } = yield* closedStep(search, concurrency, turns);
  const spread = coefficientOfVariation(unloaded(search.closed, xMax).latenciesMs);
  const answers = (step: { n: number }): number => step.n - 2 * concurrency;
  const seen = before.reduce((sum, step) => sum + answers(step), 0);
  const then = before.reduce((sum, step) => sum + step.throughput * answers(step), 0) / seen;
  const error = spread * Math.sqrt(1 / seen + 1 / (turns - 2 * concurrency));
  return Math.abs(Math.log(now / then)) > Math.max(CHANGED, SURELY * error) ? { before: then, now } : undefined;
}

/** Whether twice as many in flight, where that costs little, raise the throughput no further either. */
function* agrees(search: Search, concurrency: number, throughput: number): Asks<boolean> {
  if (concurrency > SMALL) return true;
  const twice = yield* closedStep(search, 2 * concurrency, Math.max(2 * FIRST_TURNS, 12 * concurrency));
  return twice.throughput < GROWTH * throughput;
}

/** Not much slower than one turn at a time. */
function isQuick({ closed }: Search, { latenciesMs }: ClosedStep): boolean {
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

function* closedStep(search: Search, concurrency: number, turns: number): Asks<ClosedStep> {
  const record = yield* search.perform({ kind: 'closed', concurrency, turns });
  const step = closedStepOf(record, concurrency, search.settings.slo);
  search.closed.push(step);
  const { errorShare } = search.settings.slo;
  const [leastErrors] = clopperPearson(step.errors, step.n, ALPHA);
  if (concurrency > 1 && leastErrors > (errorShare ?? search.settings.slo.badShare)) {
    throw new Halt(
      'not-reached',
      `with ${concurrency} turns in flight ${step.errors} of ${step.n} failed: the service was not pushed further`,
    );
  }
  return step;
}
