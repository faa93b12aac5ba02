import type { Prior } from '../model/posterior.ts';
import type { ServiceModel } from '../model/service-model.ts';

/** What levels begin with. */
export interface Seed {
  readonly model: ServiceModel;
  readonly prior: Prior;
}
