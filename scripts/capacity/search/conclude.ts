import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { share } from '../../foundation/text/format.ts';
import { findTrouble } from '../judge/checks.ts';
import { commonBreakPoint, rateClearOf } from '../judge/common-break-point.ts';
import { certifiedRate, scaleOf } from '../model/belief.ts';
import type { Posterior, Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';
import type { Boundary, Findings } from './findings.ts';
import type { Search } from './search-state.ts';

/** A wider answer (standard deviation of ln rate) is none. */
const TOO_WIDE = 0.2;
const ENOUGH = 0.05;
/** Fewer levels, unless they agree well, leave the answer to the model. */
const LEAST_LEVELS = 4;

/** Where the search for the capacity stands, for its final words. */
export interface Course {
  model: ServiceModel | null;
  xMax: number | null;
  prior: Prior | null;
  posterior: Posterior | null;
}

/** What a search that has ended by itself found. */
export function conclude(search: Search, course: Course): Findings {
  const { levels, settings } = search;
  const { posterior: belief, model, prior } = course;
  if (belief === null || model === null || prior === null)
    throw new Error('a search that has ended must believe something');
  const { badShare, errorShare } = settings.slo;
  const certified = promised(search, belief, model);
  const trouble = findTrouble(levels, badShare, {
    model,
    scale: scaleOf(model, prior, belief),
    median: belief.quantile(0.5),
    certified,
    breakPoint: commonBreakPoint(levels, search.closed),
  });
  if (trouble !== undefined) return findings(search, course, trouble.boundary, trouble.reason);
  const errors = levels.reduce((sum, level) => sum + level.errors, 0);
  const turns = levels.reduce((sum, { n }) => sum + n, 0);
  if (errorShare !== null && clopperPearson(errors, turns)[0] > errorShare) {
    return findings(
      search,
      course,
      'infeasible',
      `${errors} of ${turns} turns failed, at rates around the capacity too`,
    );
  }
  if (settings.maxRate !== undefined && belief.quantile(0.5) > settings.maxRate) {
    return findings(
      search,
      course,
      'not-reached',
      `the service carries more than --max-rate ${settings.maxRate} turns/s`,
    );
  }
  const isThin = levels.filter(({ purpose }) => purpose !== 'calm').length < LEAST_LEVELS && belief.sd > ENOUGH;
  if (belief.sd > TOO_WIDE || isThin) {
    return findings(
      search,
      course,
      'not-reached',
      `${search.spent} turns leave the capacity open by ${share(belief.sd)} (one standard deviation): raise --budget`,
    );
  }
  return findings(search, course, 'smooth', 'bad turns grow smoothly with the rate');
}

/** The rate that may be promised: clear of a number of turns in flight at which the service breaks, too. */
function promised({ levels, closed }: Search, belief: Posterior, model: ServiceModel): number {
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

/** The findings of a search that ends with this boundary. */
export function findings(search: Search, course: Course, boundary: Boundary, reason: string): Findings {
  const { maxRate = Number.POSITIVE_INFINITY } = search.settings;
  const believed = course.posterior;
  const belief = believed !== null && isAnswered(boundary, believed, maxRate) ? believed : null;
  return {
    boundary,
    reason,
    spent: search.spent,
    voids: search.voids,
    closed: search.closed,
    levels: search.levels,
    ...course,
    certified:
      belief === null || course.model === null ? null : Math.min(maxRate, promised(search, belief, course.model)),
    threshold: search.threshold,
    warnings: warningsOf(search, course.posterior, boundary),
  };
}

function warningsOf(search: Search, belief: Posterior | null, boundary: Boundary): string[] {
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
