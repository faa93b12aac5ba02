import type { ClosedStep } from '../measure/closed-step.ts';
import { coefficientOfVariation } from '../model/belief.ts';
import { closedStep, unloaded } from './saturation.ts';
import type { SearchState } from './search-state.ts';
import { continueWith, type Steps } from './step.ts';

/** Share of the budget that a look at whether the throughput is still the same may cost. */
const AFFORDABLE = 0.08;
/** Turns for each one in flight. */
const AGAIN = 3;
/** Of these, at least so many between the start and the end of the step. */
const LEAST_ANSWERS = 32;
/** A throughput that has changed by less is the same, and by less than three standard errors, too. */
const CHANGED = 0.25;
const SURELY = 3;

/** Turns that it costs; 0 where the service was not saturated, or that would be too many. */
export function againTurns({ closed, settings: { saturate: may, budget } }: SearchState): number {
  const concurrency = mostInFlight(closed);
  const turns = Math.max(AGAIN * concurrency, 2 * concurrency + LEAST_ANSWERS);
  return may && turns <= AFFORDABLE * budget ? turns : 0;
}

/** Answers a second with as many turns in flight as saturated the service, before and now; undefined where that is the same, or too costly to see. */
export function* saturateAgain(search: SearchState, xMax: number): Steps<{ before: number; now: number } | undefined> {
  const turns = againTurns(search);
  if (turns === 0 || turns > search.left) return continueWith(undefined);
  const concurrency = mostInFlight(search.closed);
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

const mostInFlight = (closed: readonly ClosedStep[]): number =>
  Math.max(...closed.map(({ concurrency }) => concurrency));
