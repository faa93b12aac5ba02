import { inferLeast } from '../likelihood/infer.ts';
import { beliefOf } from '../model/belief.ts';
import { inferService, reported } from './believe.ts';
import { conclude, type Ending } from './conclude.ts';
import type { SearchState } from './search-state.ts';
import { outOfBudget } from './step.ts';

/**
 * How a search ends whose budget ended before its levels: the capacity where the turns until then tell it, what the service
 * carries at least where no load reached its limit, how likely it is that any rate will do, or what saturation alone makes
 * likely. Undefined where they tell nothing.
 */
export function knownSoFar(search: SearchState): Ending | undefined {
  const inferred = inferService(search);
  if (!('misfit' in inferred)) {
    search.learn({ posterior: inferred.posterior });
    return conclude(search, { posterior: reported(search, inferred.posterior) });
  }
  const { code } = inferred.misfit;
  if (code === 'failures') return undefined;
  return (code === 'levels-only' ? undefined : leastKnown(search)) ?? bySaturation(search);
}

function leastKnown(search: SearchState): Ending | undefined {
  const { slo, seed } = search.settings;
  const least = inferLeast(search, slo, seed);
  if (least?.odds !== undefined) search.learn({ odds: least.odds });
  if (least?.inferred === undefined) return undefined;
  const { posterior } = least.inferred;
  search.learn({ inferred: least.inferred, posterior, isReached: least.isReached });
  return least.isReached ? conclude(search, { posterior }) : outOfBudget(search.budget);
}

/** As a level would be chosen by: no level has tested it, and its certainty says so. */
function bySaturation(search: SearchState): Ending | undefined {
  const { model, prior, odds } = search.learned;
  if (model === null || prior === null || odds !== null) return undefined;
  const posterior = beliefOf(search.levels, model, prior, search.settings.slo.badShare);
  search.learn({ posterior });
  return conclude(search, { seed: { model, prior }, posterior });
}
