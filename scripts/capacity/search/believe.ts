import { type Inferred, infer, type Misfit } from '../likelihood/infer.ts';
import { beliefOf, coefficientOfVariation } from '../model/belief.ts';
import type { Posterior } from '../model/posterior.ts';
import type { SearchState } from './search-state.ts';
import type { Seed } from './seed.ts';

/** What all turns together say of the capacity where they are of a service of the family, and else what the levels say. */
export function believe(search: SearchState, { model, prior }: Seed): Posterior {
  const inferred = inferService(search);
  return 'posterior' in inferred
    ? inferred.posterior
    : beliefOf(search.levels, model, prior, search.settings.slo.badShare);
}

/** What was inferred of a search when it had so many rungs and levels: it asks several times between two of them. */
const known = new WeakMap<SearchState, { rungs: number; levels: number; inferred: Inferred | Misfit }>();

/** The service by all turns so far. One that is not of the family stays so: more turns would only blur what shows it. */
export function inferService(search: SearchState): Inferred | Misfit {
  const { slo, seed, levelsOnly } = search.settings;
  if (levelsOnly) return { misfit: { code: 'levels-only' }, isFinal: true };
  const before = search.learned.inferred;
  if (before !== null && 'misfit' in before && before.isFinal) return before;
  const [rungs, levels] = [search.rungs.length, search.levels.length];
  const last = known.get(search);
  const isSame = last?.rungs === rungs && last.levels === levels;
  const inferred = isSame ? last.inferred : infer(search.rungs, search.levels, slo, seed);
  known.set(search, { rungs, levels, inferred });
  search.learn({ inferred });
  return inferred;
}

/** What is reported of a service that was inferred: by all turns, and with works that may be longer than any of them. */
export function reported(search: SearchState, belief: Posterior): Posterior {
  if (!isInferred(search)) return belief;
  const { slo, seed } = search.settings;
  const inferred = infer(search.rungs, search.levels, slo, seed, true);
  if ('misfit' in inferred) return belief;
  search.learn({ inferred, posterior: inferred.posterior });
  return inferred.posterior;
}

/** The service that all turns so far are of; undefined where they are of none of the family. */
function inferredOf({ learned: { inferred } }: SearchState): Inferred | undefined {
  return inferred !== null && 'posterior' in inferred ? inferred : undefined;
}

export const isInferred = (search: SearchState): boolean => inferredOf(search) !== undefined;

/** Coefficient of variation beyond which works vary widely. */
const WIDE = 1.2;
/** Turns at once below which single long works hold up all others. */
const FEW = 8;

/** Whether works hardly vary, by all turns or, before these tell, by those of the first steps: few turns tell much then. */
export function isCalm(search: SearchState): boolean {
  const law = inferredOf(search)?.services.likeliest.law;
  const first = search.closed.filter(({ concurrency }) => concurrency <= 4).flatMap(({ latenciesMs }) => latenciesMs);
  return coefficientOfVariation(law === undefined ? first : [...law]) <= WIDE;
}

/** Whether it is so, and the service serves many at once: then even less is needed. */
export function isCommon(search: SearchState): boolean {
  const inferred = inferredOf(search);
  return inferred !== undefined && inferred.structure.parallel >= FEW && isCalm(search);
}
