import type { CapacityMisfit } from '../../../contracts/generated/capacity.ts';
import type { Level } from '../measure/level.ts';
import type { RungTurn } from '../measure/rung.ts';
import type { Posterior } from '../model/posterior.ts';
import { misfitOf } from './fit.ts';
import type { Objective } from './service.ts';
import { capacityPosterior, type ServicePosterior, servicePosterior } from './service-posterior.ts';
import { mostThroughput, type Structure } from './structure.ts';
import { likelyStructures } from './structures.ts';
import { trafficOf } from './works.ts';

/** The service, and so its capacity, by all turns of all rungs together. */
export interface Inferred {
  readonly structure: Structure;
  /** Its probability among those of the family. */
  readonly weight: number;
  readonly services: ServicePosterior;
  /** Share of turns that failed, at any load. */
  readonly failed: number;
  readonly posterior: Posterior;
}

/** Why the capacity cannot be told so. */
export interface Misfit {
  readonly misfit: CapacityMisfit;
  /** The turns are not of a service of the family, however many more there are. */
  readonly isFinal: boolean;
}

/** Standard deviation of ln(capacity) that is what was believed before any turn. */
const UNKNOWN = 0.4;
const UNLIMITED: Misfit = { misfit: { code: 'not-limited' }, isFinal: false };

/**
 * Infers the service from the turns of rungs (in each in the order of their arrivals), and its capacity by simulation. With
 * tails, its works may be longer than any that was seen: for what is reported, which must hold, not for where to look next.
 */
export function infer(
  rungs: readonly (readonly RungTurn[])[],
  levels: readonly Level[],
  { limitMs, badShare }: Objective,
  seed: number,
  hasTails = false,
): Inferred | Misfit {
  const traffics = rungs.map(trafficOf);
  const likely = likelyStructures(traffics);
  if (likely.length === 0) return { misfit: { code: 'too-few-turns' }, isFinal: false };
  const [first, ...others] = likely.filter(({ structure }) => Number.isFinite(mostThroughput(structure, 1)));
  const limited = [first, ...others].reduce((sum, it) => sum + (it?.weight ?? 0), 0);
  if (first === undefined || limited < 0.5) return UNLIMITED;
  const misfit = misfitOf(traffics, levels, first, { limitMs, seed });
  if (misfit !== undefined) return { misfit, isFinal: true };
  const turns = rungs.flat();
  const failed = turns.filter(({ outcome, status }) => outcome === 'failed' && status !== 0).length / turns.length;
  if (failed >= badShare) return { misfit: { code: 'failures' }, isFinal: false };
  const services = servicePosterior([first, ...others], seed, hasTails);
  const posterior = capacityPosterior(services, { limitMs, badShare: slowShare(badShare, failed) });
  if (posterior === undefined) return { misfit: { code: 'objective-unknown' }, isFinal: false };
  if (posterior.sd > UNKNOWN) return UNLIMITED;
  return { structure: first.structure, weight: first.weight, services, failed, posterior };
}

/** Of the turns that do not fail, how many may be slow where so many of all may be bad. */
export const slowShare = (badShare: number, failed: number): number => Math.max(0, (badShare - failed) / (1 - failed));
