import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { share } from '../../foundation/text/format.ts';
import { findTrouble } from '../judge/checks.ts';
import { commonBreakPoint, rateClearOf } from '../judge/common-break-point.ts';
import { certifiedRate, scaleOf } from '../model/belief.ts';
import type { Posterior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import type { Boundary, Findings } from './findings.ts';
import type { Seed } from './ramp.ts';
import type { SearchState } from './search-state.ts';

/** A wider answer (standard deviation of ln rate) is none. */
const TOO_WIDE = 0.2;
const ENOUGH = 0.05;
/** Fewer levels, unless they agree well, leave the answer to the model. */
const LEAST_LEVELS = 4;

/** How a search ends, and why in one sentence. */
export interface Ending {
  readonly boundary: Boundary;
  readonly reason: string;
}

/** How a search ends that has laid its levels. */
export function conclude(search: SearchState, { model, prior }: Seed, belief: Posterior): Ending {
  const { levels, settings } = search;
  const { badShare, errorShare } = settings.slo;
  const trouble = findTrouble(levels, badShare, {
    model,
    scale: scaleOf(model, prior, belief),
    median: belief.quantile(0.5),
    certified: promised(search, belief, model),
    breakPoint: commonBreakPoint(levels, search.closed),
  });
  if (trouble !== undefined) return trouble;
  const errors = levels.reduce((sum, level) => sum + level.errors, 0);
  const turns = levels.reduce((sum, { n }) => sum + n, 0);
  if (errorShare !== null && clopperPearson(errors, turns)[0] > errorShare) {
    return {
      boundary: 'infeasible',
      reason: `${errors} of ${turns} turns failed, at rates around the capacity too`,
    };
  }
  if (settings.maxRate !== undefined && belief.quantile(0.5) > settings.maxRate) {
    return { boundary: 'not-reached', reason: `the service carries more than --max-rate ${settings.maxRate} turns/s` };
  }
  const isThin = levels.filter(({ purpose }) => purpose !== 'calm').length < LEAST_LEVELS && belief.sd > ENOUGH;
  if (belief.sd > TOO_WIDE || isThin) {
    return {
      boundary: 'not-reached',
      reason: `${search.spent} turns leave the capacity open by ${share(belief.sd)} (one standard deviation): raise --budget`,
    };
  }
  return { boundary: 'smooth', reason: 'bad turns grow smoothly with the rate' };
}

/** The rate that may be promised: clear of a number of turns in flight at which the service breaks, too. */
function promised({ levels, closed }: SearchState, belief: Posterior, model: ServiceModel): number {
  const point = commonBreakPoint(levels, closed);
  const certified = certifiedRate(belief, model);
  const [alone] = closed;
  if (point === undefined || alone === undefined) return certified;
  return Math.min(certified, rateClearOf(point, mean(alone.latenciesMs)));
}

/** Whether what is believed may be promised: a number, or that the highest rate that may be tried is carried. */
function isAnswered(boundary: Boundary, belief: Posterior, maxRate: number): boolean {
  return (
    boundary === 'smooth' || boundary === 'cliff' || (boundary === 'not-reached' && belief.quantile(0.5) > maxRate)
  );
}

/** Everything that a search found which ends so. */
export function findings(search: SearchState, { boundary, reason }: Ending): Findings {
  const { maxRate = Number.POSITIVE_INFINITY } = search.settings;
  const { learned } = search;
  const believed = learned.posterior;
  const belief = believed !== null && isAnswered(boundary, believed, maxRate) ? believed : null;
  return {
    boundary,
    reason,
    spent: search.spent,
    voids: search.voids,
    closed: search.closed,
    levels: search.levels,
    ...learned,
    certified:
      belief === null || learned.model === null ? null : Math.min(maxRate, promised(search, belief, learned.model)),
    warnings: warningsOf(search, believed, boundary),
  };
}

function warningsOf(search: SearchState, belief: Posterior | null, boundary: Boundary): string[] {
  const warnings: string[] = [];
  if (boundary === 'smooth' && belief !== null && belief.sd > ENOUGH) {
    warnings.push(
      `the budget ended before the answer was sure to ${share(ENOUGH)}: its standard deviation is ${share(belief.sd)}`,
    );
  }
  if (search.levels.some(({ growing, rate }) => growing && belief !== null && rate < belief.quantile(0.5))) {
    warnings.push('turns in flight grew through a level below the capacity: the service may not have been steady');
  }
  if (search.voids > 0) warnings.push(`${search.voids} rungs were void and were run again`);
  return warnings;
}
