import type { CapacityReason, CapacityWarning } from '../../../contracts/generated/capacity.ts';
import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { breakTrouble, findTrouble } from '../judge/checks.ts';
import { commonBreakPoint, rateClearOf } from '../judge/common-break-point.ts';
import { scaleOf } from '../model/belief.ts';
import type { Posterior } from '../model/posterior.ts';
import { isInferred } from './believe.ts';
import type { Boundary, Findings } from './findings.ts';
import type { SearchState } from './search-state.ts';
import type { Seed } from './seed.ts';

/** How a search ends, and why. */
export interface Ending {
  readonly boundary: Boundary;
  readonly reason: CapacityReason;
}

/** What a search believes at its end; the seed of its levels where they decide. */
export interface Laid {
  readonly posterior: Posterior;
  readonly seed?: Seed;
}

/** An idle service this near to the SLO's share hardly notices the rate. */
export const NEAR = 0.75;
/** Standard deviation of ln(capacity) of a search that has not found it. */
const VAGUE = 0.1;
/** Bad turns that are allowed of those that tell of an idle service. */
const ALLOWED = 50;

/** Where the capacity stays vague because an idle service misses the objective nearly as often as it may, by the works of all turns. */
function idleMisses({ learned: { inferred }, rungs, settings: { slo } }: SearchState, sd: number): Ending | undefined {
  const n = rungs.reduce((sum, turns) => sum + turns.length, 0);
  if (inferred === null || 'misfit' in inferred || sd <= VAGUE || n * slo.badShare < ALLOWED) return undefined;
  const { law } = inferred.services.likeliest;
  const slow = law.filter((work) => work > slo.limitMs).length / law.length;
  const share = inferred.failed + (1 - inferred.failed) * slow;
  if (share < NEAR * slo.badShare) return undefined;
  const [lower, upper] = clopperPearson(Math.round(share * n), n);
  return { boundary: 'ill-posed', reason: { code: 'idle-misses', rate: 0, share, lower, upper } };
}

/** How a search ends that believes in a capacity. */
export function conclude(search: SearchState, { seed, posterior: belief }: Laid): Ending {
  const { levels, settings } = search;
  const { badShare, errorShare } = settings.slo;
  const breakPoint = commonBreakPoint(levels, search.closed);
  const trouble =
    isInferred(search) || seed === undefined
      ? (breakTrouble(breakPoint) ?? idleMisses(search, belief.sd))
      : findTrouble(levels, badShare, {
          model: seed.model,
          scale: scaleOf(seed.model, seed.prior, belief),
          median: belief.quantile(0.5),
          certified: promised(search, belief),
          breakPoint,
        });
  if (trouble !== undefined) return trouble;
  const errors = levels.reduce((sum, level) => sum + level.errors, 0);
  const turns = levels.reduce((sum, { n }) => sum + n, 0);
  if (errorShare !== null && clopperPearson(errors, turns)[0] > errorShare) {
    return {
      boundary: 'infeasible',
      reason: { code: 'fails-around-capacity', count: errors, n: turns },
    };
  }
  if (settings.maxRate !== undefined && belief.quantile(0.5) > settings.maxRate) {
    return { boundary: 'not-reached', reason: { code: 'beyond-max-rate', maxRate: settings.maxRate } };
  }
  return { boundary: 'smooth', reason: { code: 'grows-smoothly' } };
}

/** The rate that may be promised: clear of a number of turns in flight at which the service breaks, too. */
function promised({ levels, closed }: SearchState, belief: Posterior): number {
  const point = commonBreakPoint(levels, closed);
  const { certified } = belief;
  const [alone] = closed;
  if (point === undefined || alone === undefined) return certified;
  return Math.min(certified, rateClearOf(point.inFlight, mean(alone.latenciesMs)));
}

/** Whether what is believed may be promised: a number, or what is carried at least. */
function isAnswered(boundary: Boundary, { learned }: SearchState, belief: Posterior, maxRate: number): boolean {
  if (boundary === 'not-reached') return !learned.isReached || belief.quantile(0.5) > maxRate;
  return boundary === 'smooth' || boundary === 'cliff';
}

/** Everything that a search found which ends so. */
export function findings(search: SearchState, { boundary, reason }: Ending): Findings {
  const { maxRate = Number.POSITIVE_INFINITY } = search.settings;
  const { learned } = search;
  const believed = learned.posterior;
  const belief = believed !== null && isAnswered(boundary, search, believed, maxRate) ? believed : null;
  return {
    boundary,
    reason,
    spent: search.spent,
    voids: search.voids,
    closed: search.closed,
    levels: search.levels,
    ...learned,
    certified: belief === null ? null : Math.min(maxRate, promised(search, belief)),
    warnings: warningsOf(search, believed),
  };
}

function warningsOf(search: SearchState, belief: Posterior | null): CapacityWarning[] {
  const warnings: CapacityWarning[] = [];
  if (search.levels.some(({ growing, rate }) => growing && belief !== null && rate < belief.quantile(0.5))) {
    warnings.push({ code: 'backlog-below-capacity' });
  }
  if (search.voids > 0) warnings.push({ code: 'rungs-void', count: search.voids });
  return warnings;
}
