import { capacityOf, type Objective } from './service.ts';
import type { ServicePosterior } from './service-posterior.ts';

/** What services say of a capacity of which they do not agree that there is one. */
export interface Odds {
  /** Share of the services that meet the objective at some rate. */
  readonly feasible: number;
  /** Median of their capacities, and its 90 % interval; 0 for those that have none. */
  readonly likely: number;
  readonly interval: readonly [number, number];
  /** Share of turns of the likeliest service that miss the objective when alone. */
  readonly alone: number;
}

export function oddsOf({ likeliest, services, short }: ServicePosterior, objective: Objective): Odds {
  const rates = Float64Array.from(services, (service) => capacityOf(service, objective, short)).sort();
  const at = (share: number): number => rates[Math.round(share * (rates.length - 1))] ?? 0;
  return {
    feasible: rates.filter((rate) => rate > 0).length / rates.length,
    likely: at(0.5),
    interval: [at(0.05), at(0.95)],
    alone: likeliest.law.filter((work) => work > objective.limitMs).length / likeliest.law.length,
  };
}
