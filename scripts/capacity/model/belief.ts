import { mean } from '../../foundation/statistics/moments.ts';
import { designEffectOf, pooledDesignEffect } from '../measure/dependence.ts';
import type { Level } from '../measure/level.ts';
import type { Evidence, Posterior, Prior } from './posterior.ts';
import { posterior } from './posterior.ts';
import type { ServiceModel } from './service-model.ts';
import { transientOf } from './transient.ts';

/** A model, and how many times too high its capacity is. */
export interface Scaled {
  readonly model: ServiceModel;
  readonly scale: number;
}

/** Beyond what autocorrelation explains: tuned by simulation, so that certified rates hold as often as they say. */
const CAUTION = 1.6;
/** A model that is further off (logarithm of its capacity) is of another kind than the service. */
const OFF = 0.15;
const PASSES = 2;

/** What levels say about the rate that meets the SLO, the model scaled to what it makes of them. */
export function beliefOf(levels: readonly Level[], model: ServiceModel, prior: Prior, badShare: number): Posterior {
  const judged = levels.filter(({ purpose }) => purpose !== 'calm');
  let belief = posterior(evidenceOf(judged, { model, scale: 1 }), prior, badShare);
  for (let pass = 1; pass < PASSES && judged.length > 0; pass++) {
    belief = posterior(evidenceOf(judged, { model, scale: scaleOf(model, prior, belief) }), prior, badShare);
  }
  return { ...belief, certified: certifiedRate(belief, model) };
}

/** How many times higher the capacity is that the model predicted. */
export function scaleOf({ guessed }: ServiceModel, prior: Prior, belief: Pick<Posterior, 'quantile'>): number {
  const most = guessed ? Number.POSITIVE_INFINITY : OFF;
  return Math.exp(Math.max(-most, Math.min(most, Math.log(prior.rate / belief.quantile(0.5)))));
}

/**
 * Each level as evidence, discounted by the autocorrelation of its turns or, where that is more, by the variance that the
 * model predicts: correlations longer than a level do not show in it.
 */
export function evidenceOf(levels: readonly Level[], { model, scale }: Scaled): Evidence[] {
  const pooled = pooledDesignEffect(levels);
  return levels.map(({ rate, n, bad, covariances, rung }) => {
    const seen = CAUTION * Math.sqrt(designEffectOf(covariances) * pooled);
    const { bias, inflation } = transientOf(model, rung, n, scale);
    return { rate, n, bad, bias, inflation: Math.max(seen, inflation) };
  });
}

/** Quantile of what is believed that is promised: simulation shows it to hold in 90 % of searches. */
const CERTIFIED = 0.0025;
/** Where single answers take longer than whole levels, these show too little: less is promised, by simulation of such services. */
const CALM_SPREAD = 1.1;
const DERATING = 0.5;

/** The rate that may be promised, in turns a second. */
function certifiedRate(belief: Pick<Posterior, 'quantile'>, { services }: ServiceModel): number {
  const spread = Math.max(0, coefficientOfVariation(services) - CALM_SPREAD);
  return belief.quantile(CERTIFIED) * Math.exp(-DERATING * spread);
}

/** Standard deviation over mean. */
export function coefficientOfVariation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) / centre;
}
