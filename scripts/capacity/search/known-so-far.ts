import { clopperPearson } from '../../foundation/statistics/binomial.ts';
import { mean } from '../../foundation/statistics/moments.ts';
import { rateClearOf } from '../judge/common-break-point.ts';
import { inferLeast, isReached } from '../likelihood/infer.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import { turnsPerLevel } from '../measure/level.ts';
import { beliefOf } from '../model/belief.ts';
import { inferService, reported } from './believe.ts';
import { conclude, type Ending } from './conclude.ts';
import type { SearchState } from './search-state.ts';
import { type Ended, outOfBudget } from './step.ts';

/** One-sided 90 %, as certified. */
const ONE_SIDED = 0.2;

/**
 * How a search ends whose budget ended before its levels, or whose generator gave up: the capacity where the turns until then tell it, what the service
 * carries at least where no load reached its limit, how likely it is that any rate will do, what saturation alone makes
 * likely, or what turns in flight met the objective. Undefined where they tell nothing.
 */
export function knownSoFar(search: SearchState, last: Ended): Ending | undefined {
  const inferred = inferService(search);
  if (!('misfit' in inferred) && isReached(inferred)) {
    search.learn({ posterior: inferred.posterior });
    return conclude(search, { posterior: reported(search, inferred.posterior) });
  }
  const code = 'misfit' in inferred ? inferred.misfit.code : undefined;
  if (code === 'failures') return undefined;
  return (
    (code === 'levels-only' ? undefined : leastKnown(search, last)) ??
    bySaturation(search) ??
    byTurnsInFlight(search, last)
  );
}

/** The same for a search that has spent its budget on levels, too, and may not have reached the limit all the same. */
export function knownAtLeast(search: SearchState): Ending | undefined {
  const { inferred } = search.learned;
  const { slo, maxRate } = search.settings;
  if (inferred === null || maxRate !== undefined || search.left >= turnsPerLevel(slo.badShare)) return undefined;
  const isOpen = 'misfit' in inferred ? inferred.misfit.code === 'not-limited' : !isReached(inferred);
  return isOpen ? leastKnown(search, outOfBudget(search.budget)) : undefined;
}

function leastKnown(search: SearchState, last: Ending): Ending | undefined {
  const { slo, seed } = search.settings;
  const least = inferLeast(search, slo, seed);
  if (least?.odds !== undefined) search.learn({ odds: least.odds });
  if (least?.inferred === undefined) return undefined;
  const { inferred } = least;
  search.learn({ inferred, posterior: inferred.posterior, isReached: isReached(inferred) });
  return isReached(inferred) ? conclude(search, inferred) : last;
}

/** As a level would be chosen by: no level has tested it, and its certainty says so. */
function bySaturation(search: SearchState): Ending | undefined {
  const { model, prior, odds } = search.learned;
  if (model === null || prior === null || odds !== null) return undefined;
  const posterior = beliefOf(search.levels, model, prior, search.settings.slo.badShare);
  search.learn({ posterior });
  return conclude(search, { seed: { model, prior }, posterior });
}

/** Whatever the service is: a rate at which there are hardly ever more turns in flight than in a step that surely met the objective. */
function byTurnsInFlight(search: SearchState, last: Ending): Ending | undefined {
  const { badShare } = search.settings.slo;
  if (search.learned.odds !== null) return undefined;
  const met = search.closed.filter(({ bad, n }) => clopperPearson(bad, n, ONE_SIDED)[1] <= badShare);
  const step = met.reduce<ClosedStep | undefined>(
    (best, it) => (it.concurrency > (best?.concurrency ?? 0) ? it : best),
    undefined,
  );
  if (step === undefined) return undefined;
  const rate = rateClearOf(step.concurrency + 1, mean(step.latenciesMs));
  const posterior = { quantile: () => rate, sd: 0, certified: rate, badAt: () => step.bad / step.n };
  search.learn({ posterior, isReached: false });
  return last;
}
