import { mean } from '../../foundation/statistics/moments.ts';
import type { ServiceModel } from '../model/service-model.ts';
import { growthAt, idleOf } from '../model/service-model.ts';
import { runLevel } from './levels.ts';
import type { SearchState } from './search-state.ts';
import type { Seed } from './seed.ts';
import { type Continue, continueWith, outOfBudget, type Steps } from './step.ts';

const FIRST = 0.3;
/** Of each rate. */
export const RAMP_TURNS = 100;
/** So few turns miss the SLO surely only by this factor; the next rate tells. */
const MISSED = 2;
/** What is believed after rates that doubled: within a factor of 1.65 either way, mostly. */
const PRIOR_SD = 0.5;
/** Typical use of the servers at the SLO, to guess how many there are. */
const USE = 0.85;

/** In place of saturation, for a service that must not be pushed: rates from 0.3 of one server on, doubled until one misses the SLO. */
export function* ramp(search: SearchState, services: readonly number[]): Steps<Seed> {
  const { slo, seed, maxRate = Number.POSITIVE_INFINITY } = search.settings;
  const meanS = mean(services) / 1000;
  const modelOf = (rate: number): ServiceModel => ({
    servers: Math.max(1, Math.round((rate * meanS) / USE)),
    services,
    limitMs: slo.limitMs,
    seed,
    guessed: true,
  });
  for (let rate = Math.min(FIRST / meanS, maxRate); ; rate = Math.min(2 * rate, maxRate)) {
    const idle = { ...modelOf(rate), servers: Math.ceil(4 * rate * meanS) + 4 };
    const level = yield* runLevel(search, idle, { rate, turns: RAMP_TURNS, purpose: 'ramp' });
    if (level.kind === 'ended') return level;
    const { bad, n } = level.value;
    if (bad > MISSED * slo.badShare * n) {
      const between = rate / Math.SQRT2;
      return startAt(modelOf(between), between);
    }
    if (rate === maxRate) {
      return startAt(modelOf(rate), rate);
    }
    if (search.left < RAMP_TURNS) return outOfBudget(search.budget);
  }
}

const startAt = (model: ServiceModel, rate: number): Continue<Seed> =>
  continueWith({
    model,
    prior: { rate, sd: PRIOR_SD, most: Number.POSITIVE_INFINITY, idle: idleOf(model), growth: growthAt(model, rate) },
  });
