import type { Capacity, Outlook } from '../../../contracts/generated/capacity.ts';
import type { Posterior } from '../model/posterior.ts';
import type { Findings } from '../search/findings.ts';

/** Standard deviation of the logarithm of the capacity at which an answer is sure. */
const SURE = 0.05;
const ROUND = 100;

/** The rate that is most likely, and the one that is certified; none where none is. */
export function ratesOf({ certified, posterior, odds, isReached }: Findings) {
  const believed = certified === null ? null : posterior;
  const likely = certified === null ? (odds?.likely ?? 0) : (posterior?.quantile(0.5) ?? 0);
  const interval = believed === null ? odds?.interval : intervalOf(believed);
  return {
    lambdaHat: isReached && likely > 0 ? likely : null,
    lambdaHatCI90: isReached && interval !== undefined ? [interval[0], interval[1]] : null,
    lambdaCert: certified,
    confidence: 0.9,
    limitReached: isReached,
    feasible: certified === null ? (odds?.feasible ?? null) : null,
    sd: isReached ? (believed?.sd ?? null) : null,
    goodputAtCert: certified === null || believed === null ? null : certified * (1 - believed.badAt(certified, 0.5)),
  } satisfies Partial<Capacity>;
}

const intervalOf = ({ quantile }: Posterior): readonly [number, number] => [quantile(0.05), quantile(0.95)];

/** By what the rates were found. */
export function methodOf({
  inferred,
  certified,
  isReached,
}: Findings): Pick<Capacity, 'method' | 'service' | 'misfit'> {
  const misfit = inferred !== null && 'misfit' in inferred ? inferred.misfit : null;
  if (certified === null) return { method: null, service: null, misfit };
  if (inferred === null || 'misfit' in inferred) return { method: 'levels', service: null, misfit };
  const { structure, weight } = inferred;
  const parallel = isReached && Number.isFinite(structure.parallel) ? structure.parallel : null;
  return { method: 'likelihood', service: { parallel, slowdown: structure.slowdown, weight }, misfit: null };
}

/** Turns are worth as much as independent ones: the variance falls as they grow. */
export function outlookOf({ certified, posterior, isReached }: Findings, requests: number): Outlook | null {
  if (!isReached || certified === null || posterior === null || posterior.sd <= SURE) return null;
  const turns = requests * ((posterior.sd / SURE) ** 2 - 1);
  return { turns: ROUND * Math.ceil(turns / ROUND), sd: SURE };
}
