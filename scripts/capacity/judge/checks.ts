import type { CapacityReason, RateShare } from '../../../contracts/generated/capacity.ts';
import { fisher } from '../../foundation/statistics/fisher.ts';
import type { BreakPoint } from '../measure/break-point.ts';
import type { Level, Tally } from '../measure/level.ts';
import { evidenceOf, type Scaled } from '../model/belief.ts';

/** False alarms of each check are held to this. */
const SURELY = 0.01;

export interface Trouble {
  readonly boundary: 'drifting' | 'cliff' | 'unstable';
  readonly reason: CapacityReason;
}

/**
 * What keeps the levels from being of one service with one smooth capacity; undefined where nothing does.
 * Counts are compared by Fisher's exact test after division by the levels' design effects.
 */
export function findTrouble(levels: readonly Level[], badShare: number, believed: Believed): Trouble | undefined {
  const inflations = evidenceOf(levels, believed).map(({ inflation }) => inflation);
  const shrunk = levels.map((level, index) => divide(level, inflations[index] ?? 1));
  return (
    breakTrouble(believed.breakPoint) ??
    changed(levels, shrunk) ??
    worsened(levels, inflations, believed.median) ??
    backlog(levels, believed.certified) ??
    cliff(levels, shrunk, badShare)
  );
}

/** What is believed of the capacity, in turns a second, and the model that fits it. */
export interface Believed extends Scaled {
  readonly median: number;
  readonly certified: number;
  readonly breakPoint: BreakPoint | undefined;
}

/** Asked first: when a service breaks is chance, so that the same rate goes well and badly, which else looks like change. */
export function breakTrouble(point: BreakPoint | undefined): Trouble | undefined {
  if (point === undefined) return undefined;
  const { inFlight, factor } = point;
  return {
    boundary: 'cliff',
    reason: { code: 'breaks-in-flight', inFlight, factor },
  };
}

function changed(levels: readonly Level[], shrunk: readonly Tally[]): Trouble | undefined {
  const repeat = levels.findIndex(({ purpose }) => purpose === 'repeat');
  const first = levels.findIndex(({ rate, purpose }) => purpose === 'search' && rate === levels[repeat]?.rate);
  if (repeat > first && differ(shrunk[first], shrunk[repeat]) < SURELY) {
    const [before, after] = [levels[first], levels[repeat]].map(shareOf);
    return { boundary: 'drifting', reason: { code: 'repeat-differs', before: before ?? 0, after: after ?? 0 } };
  }
  return reversed(levels, shrunk);
}

/** Later turns of levels unlike earlier ones, at rates that the service seems to carry: beyond these, backlogs grow. */
function worsened(levels: readonly Level[], inflations: readonly number[], median: number): Trouble | undefined {
  const [first, second] = ([0, 1] as const).map((half) =>
    sum(
      levels.flatMap(({ rate, halves }, index) =>
        rate > median ? [] : [divide(halves[half], inflations[index] ?? 1)],
      ),
    ),
  );
  if (differ(first, second) >= SURELY) return undefined;
  return { boundary: 'drifting', reason: { code: 'later-halves-differ' } };
}

/** A higher rate that went better than a lower one. */
function reversed(levels: readonly Level[], shrunk: readonly Tally[]): Trouble | undefined {
  const pairs = (levels.length * (levels.length - 1)) / 2;
  for (const [low, lower] of levels.entries()) {
    for (const [high, higher] of levels.entries()) {
      const [a, b] = [shrunk[low], shrunk[high]];
      if (higher.rate <= lower.rate || a === undefined || b === undefined) continue;
      if (atLeast(b, a) < SURELY / pairs) {
        return { boundary: 'drifting', reason: { code: 'reversed', low: rateShare(lower), high: rateShare(higher) } };
      }
    }
  }
  return undefined;
}

/** A backlog that builds up at a rate which would be certified. */
function backlog(levels: readonly Level[], certified: number): Trouble | undefined {
  const below = levels.filter(({ rate }) => rate <= certified);
  const growing = below.filter((level) => level.growing);
  if (growing.length < 2 || growing.length < below.length / 2) return undefined;
  return {
    boundary: 'unstable',
    reason: { code: 'backlog-grows', rates: growing.map(({ rate }) => rate) },
  };
}

/** Rates that are less than this apart (as a ratio) are neighbours: between them no smooth service falls from safe to hopeless. */
export const NEIGHBOURS = 1.06;

const HOPELESS = 10;
const MOST = 0.4;

/** Well within the SLO. */
export const isSafe = ({ n, bad }: Tally, badShare: number): boolean => bad < (badShare / 2) * n;

/** Ten times what the SLO allows, or 40 %, of all its turns or of the later ones: a service may break on the way. */
export const isHopeless = ({ n, bad, halves: [, later] }: Level, badShare: number): boolean =>
  [{ n, bad }, later].some((part) => part.n > 0 && part.bad >= Math.min(HOPELESS * badShare, MOST) * part.n);

/** From well within the SLO to hopeless between two neighbouring rates. */
function cliff(levels: readonly Level[], shrunk: readonly Tally[], badShare: number): Trouble | undefined {
  for (const [low, lower] of levels.entries()) {
    for (const [high, higher] of levels.entries()) {
      const isNext = higher.rate > lower.rate && higher.rate < NEIGHBOURS * lower.rate;
      const isJump = isSafe(lower, badShare) && isHopeless(higher, badShare);
      if (!isNext || !isJump || differ(shrunk[low], shrunk[high]) >= SURELY) continue;
      return { boundary: 'cliff', reason: { code: 'jump', low: rateShare(lower), high: rateShare(higher) } };
    }
  }
  return undefined;
}

const shareOf = (tally: Tally | undefined): number => (tally === undefined ? 0 : tally.bad / tally.n);
const rateShare = (level: Level): RateShare => ({ rate: level.rate, share: shareOf(level) });

function divide({ n, bad }: Tally, by: number): Tally {
  const hits = Math.round(bad / by);
  return { n: Math.max(hits, Math.round(n / by)), bad: hits };
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((total, { n, bad }) => ({ n: total.n + n, bad: total.bad + bad }), { n: 0, bad: 0 });
}

/** Two-sided p-value of two shares being one. */
function differ(a: Tally | undefined, b: Tally | undefined): number {
  return a === undefined || b === undefined ? 1 : Math.min(1, 2 * Math.min(atLeast(a, b), atLeast(b, a)));
}

/** p-value of `b` having a greater share than `a`. */
const atLeast = (a: Tally, b: Tally): number => fisher(a.bad, a.n, b.bad, b.n);
