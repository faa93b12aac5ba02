import type { CapacityMisfit } from '../../../contracts/generated/capacity.ts';
import type { Level } from '../measure/level.ts';
import type { RungTurn } from '../measure/rung.ts';
import type { Posterior } from '../model/posterior.ts';
import { misfitOf } from './fit.ts';
import { type Odds, oddsOf } from './odds.ts';
import type { Objective } from './service.ts';
import { capacityPosterior, type ServicePosterior, servicePosterior } from './service-posterior.ts';
import { mostThroughput, type Structure } from './structure.ts';
import { type Likely, likelyStructures } from './structures.ts';
import { type Traffic, trafficOf } from './works.ts';

/** The service, and so its capacity, by all turns of all rungs together. */
export interface Inferred {
  readonly structure: Structure;
  /** Its probability among those of the family. */
  readonly weight: number;
  /** Probability that turns waited for a limit of the service, or slowed each other: without one there is no capacity. */
  readonly reached: number;
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
const SURELY_REACHED = 0.9;
const UNLIMITED: Misfit = { misfit: { code: 'not-limited' }, isFinal: false };
const TOO_FEW: Misfit = { misfit: { code: 'too-few-turns' }, isFinal: false };
const UNDECIDED: Misfit = { misfit: { code: 'objective-unknown' }, isFinal: false };

interface Turns {
  readonly rungs: readonly (readonly RungTurn[])[];
  readonly levels: readonly Level[];
}

/**
 * Infers the service from the turns of rungs (in each in the order of their arrivals), and its capacity by simulation. With
 * tails, its works may be longer than any that was seen: for what is reported, which must hold, not for where to look next.
 */
export function infer(
  rungs: readonly (readonly RungTurn[])[],
  levels: readonly Level[],
  objective: Objective,
  seed: number,
  hasTails = false,
): Inferred | Misfit {
  const traffics = rungs.map(trafficOf);
  const likely = likelyStructures(traffics);
  if (likely.length === 0) return TOO_FEW;
  const limited = likely.filter(isLimited);
  const reached = weightOf(limited);
  if (reached < 0.5) return UNLIMITED;
  const found = inferFrom(limited, traffics, { rungs, levels }, { objective, seed, hasTails, reached });
  if ('posterior' in found) return found.posterior.sd > UNKNOWN ? UNLIMITED : found;
  return 'services' in found ? UNDECIDED : found;
}

/** What turns tell of a capacity that `infer` does not tell. */
export interface Least {
  /** Of a service that serves no more at once than were in flight: the real one carries as much at least. */
  readonly inferred?: Inferred;
  /** Where they do not even tell whether the objective can be met. */
  readonly odds?: Odds;
}

/** Whether the limit of a service was surely reached: else its capacity is only known to be as high at least. */
export const isReached = ({ reached }: Inferred): boolean => reached >= SURELY_REACHED;

/** What a service carries at least: as if it served no more at once than were ever in flight; undefined where even that is not of the family. */
export function inferLeast({ rungs, levels }: Turns, objective: Objective, seed: number): Least | undefined {
  const traffics = rungs.map(trafficOf);
  const likely = likelyStructures(traffics);
  if (likely.length === 0) return undefined;
  const most = 1 + traffics.reduce((high, { found }) => Math.max(high, ...found), 0);
  const held = likely.map((it) => {
    const { parallel, slowdown } = it.structure;
    return { ...it, structure: { parallel: Math.min(parallel, most), slowdown } };
  });
  const reached = weightOf(likely.filter(isLimited));
  const found = inferFrom(held, traffics, { rungs, levels }, { objective, seed, hasTails: true, reached });
  if ('posterior' in found) return { inferred: found };
  return 'services' in found ? { odds: oddsOf(found.services, found.objective) } : undefined;
}

const isLimited = ({ structure }: Likely): boolean => Number.isFinite(mostThroughput(structure, 1));
const weightOf = (likely: readonly Likely[]): number => likely.reduce((sum, { weight }) => sum + weight, 0);

/** Services that meet the objective in part. */
interface Undecided {
  readonly services: ServicePosterior;
  readonly objective: Objective;
}

function inferFrom(
  [first, ...others]: readonly Likely[],
  traffics: readonly Traffic[],
  { rungs, levels }: Turns,
  { objective, seed, hasTails, reached }: { objective: Objective; seed: number; hasTails: boolean; reached: number },
): Inferred | Misfit | Undecided {
  if (first === undefined) return TOO_FEW;
  const { limitMs, badShare } = objective;
  const misfit = misfitOf(traffics, levels, first, { limitMs, seed });
  if (misfit !== undefined) return { misfit, isFinal: true };
  const turns = rungs.flat();
  const failed = turns.filter(({ outcome, status }) => outcome === 'failed' && status !== 0).length / turns.length;
  if (failed >= badShare) return { misfit: { code: 'failures' }, isFinal: false };
  const services = servicePosterior([first, ...others], seed, hasTails);
  const ofAnswers = { limitMs, badShare: slowShare(badShare, failed) };
  const posterior = capacityPosterior(services, ofAnswers);
  if (posterior === undefined) return { services, objective: ofAnswers };
  return { structure: first.structure, weight: first.weight, reached, services, failed, posterior };
}

/** Of the turns that do not fail, how many may be slow where so many of all may be bad. */
export const slowShare = (badShare: number, failed: number): number => Math.max(0, (badShare - failed) / (1 - failed));
