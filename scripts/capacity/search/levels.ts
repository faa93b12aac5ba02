import { isHopeless, isSafe, NEIGHBOURS } from '../judge/checks.ts';
import type { Level, Purpose } from '../measure/level.ts';
import { levelOf, turnsPerLevel } from '../measure/level.ts';
import type { Posterior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import { predict, representativeArrivals } from '../model/service-model.ts';
import { believe, isCommon, isInferred } from './believe.ts';
import { againTurns } from './saturate-again.ts';
import type { SearchState } from './search-state.ts';
import type { Seed } from './seed.ts';
import { continueWith, outOfBudget, type Steps } from './step.ts';

const LEAST_TURNS = 120;
const DROPPED = 0.1;
const LEAST_LEVELS = 4;
const MOST_LEVELS = 60;
/**
 * Standard deviation of ln(rate) at which the answer is good enough: by levels; by all turns; and by all turns where single
 * long works matter, of which few were seen, so that luck may look like certainty.
 */
const ENOUGH = { levels: 0.05, common: 0.045, uncommon: 0.04 } as const;
/** Levels only check a service that is inferred from all turns. */
const LEAST_CHECKS = 1;
/** Shares of a whole level: where it checks what is known well enough already, and at most where all turns tell together, unless works vary widely. */
const CHECK = 1 / 2;
const PART = 2 / 3;
/** Who extends a search wants to know more than was enough. */
const EXTENDED = 0.5;
const FIRST_QUANTILE = 0.3;
/** Levels lie on either side of what is believed, since neither side alone tells of the slope. */
const BELOW = 0.94;
const ABOVE = 1.06;
/** Wider than this the levels around what is believed come to lie between by themselves. */
const WIDE_GAP = 1.3;

/**
 * Stage C: levels of Poisson arrivals around what is believed, until it is believed surely enough or the budget ends. The
 * first one is run again last, unless all turns together show by themselves whether the service has changed.
 */
export function* searchLevels(search: SearchState, seed: Seed): Steps<Posterior> {
  const ramped = search.levels.length;
  const bracketed = yield* bracket(search, seed);
  if (bracketed.kind === 'continue' && isInferred(search)) return bracketed;
  const last = bracketed.kind === 'ended' ? bracketed : yield* repeatFirst(search, seed, ramped);
  // A void rung that there is no budget to repeat takes nothing away from those before it.
  if (last.kind === 'ended' && last.isOutOfBudget !== true) return last;
  const belief = believe(search, seed);
  const isKnown = search.levels.length > ramped || isInferred(search);
  return isKnown ? continueWith(belief) : outOfBudget(search.budget);
}

/** Ends with what is believed. */
function* bracket(search: SearchState, seed: Seed): Steps<Posterior> {
  const { model, prior } = seed;
  const turns = turnsPerLevel(search.settings.slo.badShare);
  const ramped = search.levels.length;
  let belief = believe(search, seed);
  for (let index = 0; index < MOST_LEVELS; index++) {
    const cliff = suspectedCliff(search);
    if (isEnough(search, index, belief) && cliff === undefined) break;
    const wanted =
      index === 0
        ? belief.quantile(FIRST_QUANTILE)
        : (cliff ?? belief.quantile(0.5) * (index % 2 === 0 ? ABOVE : BELOW));
    const rate = Math.min(wanted, search.settings.maxRate ?? Number.POSITIVE_INFINITY);
    const reserve = againTurns(search) + (isInferred(search) ? 0 : repeatTurns(search, seed, ramped));
    const least = index < LEAST_CHECKS ? (isCommon(search) ? CHECK : PART) * turns : LEAST_TURNS;
    const wantedTurns = cliff === undefined ? turnsUntilEnough(search, belief, [least, turns]) : turns;
    const affordable = Math.min(wantedTurns, search.left - reserve - jumpStartOf(model, rate, prior.rate));
    if (affordable < LEAST_TURNS) break;
    const level = yield* runLevel(search, model, { rate, turns: affordable, purpose: 'search', knee: prior.rate });
    if (level.kind === 'ended') return level;
    belief = believe(search, seed);
    if (isBeyond(search, belief)) break;
  }
  return continueWith(belief);
}

function isEnough(search: SearchState, levels: number, { sd }: Posterior): boolean {
  return levels >= (isInferred(search) ? LEAST_CHECKS : LEAST_LEVELS) && sd <= enoughFor(search);
}

/** Standard deviation of ln(rate) at which a search ends. */
function enoughFor(search: SearchState): number {
  const enough = ENOUGH[isInferred(search) ? (isCommon(search) ? 'common' : 'uncommon') : 'levels'];
  return search.isExtended ? EXTENDED * enough : enough;
}

/** Turns of the next level: where all turns tell together, no more than about what is missing; the variance falls as turns grow. */
function turnsUntilEnough(search: SearchState, { sd }: Posterior, [least, most]: readonly [number, number]): number {
  if (!isInferred(search)) return most;
  const missing = Math.ceil(search.spent * ((sd / enoughFor(search)) ** 2 - 1));
  return Math.round(Math.min(isCommon(search) ? PART * most : most, Math.max(least, missing)));
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

/** Two levels at the highest rate that may be tried, and the service carries more. */
function isBeyond({ levels, settings: { maxRate } }: SearchState, belief: Posterior): boolean {
  const top = levels.filter(({ rate }) => rate === maxRate).length;
  return maxRate !== undefined && top >= 2 && belief.certified >= maxRate;
}

/** What the first level costs when it is run again; nothing before there is one. */
function repeatTurns(search: SearchState, { model, prior }: Seed, ramped: number): number {
  const first = search.levels[ramped];
  const turns = turnsPerLevel(search.settings.slo.badShare);
  return first === undefined ? 0 : turns + jumpStartOf(model, first.rate, prior.rate);
}

/** The first level again, at the end: a service that has changed in between has no one capacity. */
function* repeatFirst(search: SearchState, { model, prior: { rate: knee } }: Seed, ramped: number): Steps<unknown> {
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
