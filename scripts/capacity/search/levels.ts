import { isHopeless, isSafe, NEIGHBOURS } from '../judge/checks.ts';
import type { Level, Purpose } from '../measure/level.ts';
import { levelOf } from '../measure/level.ts';
import { beliefOf, certifiedRate } from '../model/belief.ts';
import type { Posterior, Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import { predict, representativeArrivals } from '../model/service-model.ts';
import { againTurns } from './saturation.ts';
import type { SearchState } from './search-state.ts';
import { continueWith, outOfBudget, type Steps } from './step.ts';

/** Independent turns that a level of an SLO of 5 % needs; rarer bad turns need more. */
const TURNS = 300;
const BAD_PER_LEVEL = 15;
const LEAST_TURNS = 120;
const DROPPED = 0.1;
const LEAST_LEVELS = 4;
const MOST_LEVELS = 60;
/** Standard deviation of ln(rate) at which the answer is good enough. */
const ENOUGH = 0.05;
const FIRST_QUANTILE = 0.3;
/** Levels lie on either side of what is believed, since neither side alone tells of the slope. */
const BELOW = 0.94;
const ABOVE = 1.06;
/** Wider than this the levels around what is believed come to lie between by themselves. */
const WIDE_GAP = 1.3;

/** Stage C: levels of Poisson arrivals around what is believed, until it is believed surely enough or the budget ends. */
export function* searchLevels(search: SearchState, model: ServiceModel, prior: Prior): Steps<Posterior> {
  const { badShare } = search.settings.slo;
  const believed = (): Posterior => beliefOf(search.levels, model, prior, badShare);
  const ramped = search.levels.length;
  const bracketed = yield* bracket(search, model, prior, believed);
  const last = bracketed.kind === 'ended' ? bracketed : yield* repeatFirst(search, model, prior, ramped);
  // A void rung that there is no budget to repeat takes nothing away from the levels before it.
  if (last.kind === 'ended' && last.isOutOfBudget !== true) return last;
  return search.levels.length === ramped ? outOfBudget(search.settings.budget) : continueWith(believed());
}

function* bracket(
  search: SearchState,
  model: ServiceModel,
  { rate: knee }: Prior,
  believed: () => Posterior,
): Steps<void> {
  const turns = turnsPerLevel(search.settings.slo.badShare);
  const ramped = search.levels.length;
  let belief = believed();
  for (let index = 0; index < MOST_LEVELS; index++) {
    const cliff = suspectedCliff(search);
    if (index >= LEAST_LEVELS && belief.sd <= ENOUGH && cliff === undefined) return DONE;
    const wanted =
      index === 0
        ? belief.quantile(FIRST_QUANTILE)
        : (cliff ?? belief.quantile(0.5) * (index % 2 === 0 ? ABOVE : BELOW));
    const rate = Math.min(wanted, search.settings.maxRate ?? Number.POSITIVE_INFINITY);
    const [first] = search.levels.slice(ramped);
    const reserve = first === undefined ? 0 : turns + jumpStartOf(model, first.rate, knee) + againTurns(search);
    const affordable = Math.min(turns, search.left - reserve - jumpStartOf(model, rate, knee));
    if (affordable < LEAST_TURNS) return DONE;
    const level = yield* runLevel(search, model, { rate, turns: affordable, purpose: 'search', knee });
    if (level.kind === 'ended') return level;
    belief = believed();
    if (isBeyond(search, model, belief)) return DONE;
  }
  return DONE;
}

const DONE = continueWith(undefined);

/** The middle between the highest rate that went well and the next one, where that was hopeless: smooth or not shows in between. */
function suspectedCliff({ levels, settings: { slo } }: SearchState): number | undefined {
  const sorted = levels.filter(({ purpose }) => purpose === 'search').sort((a, b) => a.rate - b.rate);
  const first = sorted.findIndex((level) => isHopeless(level, slo.badShare));
  const [low, high] = [sorted[first - 1], sorted[first]];
  if (low === undefined || high === undefined || !isSafe(low, slo.badShare)) return undefined;
  const gap = high.rate / low.rate;
  return gap > NEIGHBOURS && gap <= WIDE_GAP ? Math.sqrt(low.rate * high.rate) : undefined;
}

export const turnsPerLevel = (badShare: number): number => Math.max(TURNS, Math.round(BAD_PER_LEVEL / badShare));

/** Two levels at the highest rate that may be tried, and the service carries more. */
function isBeyond({ levels, settings: { maxRate } }: SearchState, model: ServiceModel, belief: Posterior): boolean {
  const top = levels.filter(({ rate }) => rate === maxRate).length;
  return maxRate !== undefined && top >= 2 && certifiedRate(belief, model) >= maxRate;
}

/** The first level again, at the end: a service that has changed in between has no one capacity. */
function* repeatFirst(search: SearchState, model: ServiceModel, { rate: knee }: Prior, ramped: number): Steps<unknown> {
  const turns = turnsPerLevel(search.settings.slo.badShare);
  const [first, second] = search.levels.slice(ramped);
  if (first === undefined || second === undefined) return DONE;
  const affordable = Math.min(turns, search.left - jumpStartOf(model, first.rate, knee));
  if (affordable < LEAST_TURNS) return DONE;
  return yield* runLevel(search, model, { rate: first.rate, turns: affordable, purpose: 'repeat', knee });
}

/** One level: a jump start by Little's law, then Poisson arrivals, of which a tenth does not count. */
export function* runLevel(
  search: SearchState,
  model: ServiceModel,
  { rate, turns, purpose, knee = rate }: { rate: number; turns: number; purpose: Purpose; knee?: number },
): Steps<Level> {
  const jumpStart = jumpStartOf(model, rate, knee);
  const skip = jumpStart + Math.round(DROPPED * turns);
  const arrivals = representativeArrivals(model, { rate, turns, jumpStart, skip }, search.levels.length);
  const rung = { kind: 'open', rate, jumpStart, arrivals, skip } as const;
  const record = yield* search.perform(rung);
  if (record.kind === 'ended') return record;
  const level = levelOf(rung, record.value, search.settings.slo.limitMs, purpose);
  search.addLevel(level);
  return continueWith(level);
}

/**
 * Turns in flight at a rate, by Little's law and the model. Beyond the knee, the model's capacity, their latencies are those
 * at the knee: an overloaded queue has no level to start at, and shows what it does as it builds up.
 */
function jumpStartOf(model: ServiceModel, rate: number, knee: number): number {
  const most = 3 * model.servers + 8;
  return Math.round(Math.min(most, (rate * predict(model)(Math.min(rate, knee)).meanMs) / 1000));
}
