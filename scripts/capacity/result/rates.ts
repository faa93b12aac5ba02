import type { Capacity, Outlook } from '../../../contracts/generated/capacity.ts';
import type { Findings } from '../search/findings.ts';

/** Standard deviation of the logarithm of the capacity at which an answer is sure. */
const SURE = 0.05;
const ROUND = 100;

/** The rate that is most likely, and the one that is certified; none where none is. */
export function ratesOf({ certified, posterior }: Findings) {
  const believed = certified === null ? null : posterior;
  return {
    lambdaHat: believed?.quantile(0.5) ?? null,
    lambdaHatCI90: believed === null ? null : [believed.quantile(0.05), believed.quantile(0.95)],
    lambdaCert: certified,
    confidence: 0.9,
    sd: believed?.sd ?? null,
    goodputAtCert: certified === null || believed === null ? null : certified * (1 - believed.badAt(certified, 0.5)),
  } satisfies Partial<Capacity>;
}

/** By what the rates were found. */
export function methodOf({ inferred, certified }: Findings): Pick<Capacity, 'method' | 'service' | 'misfit'> {
  const misfit = inferred !== null && 'misfit' in inferred ? inferred.misfit : null;
  if (certified === null) return { method: null, service: null, misfit };
  if (inferred === null || 'misfit' in inferred) return { method: 'levels', service: null, misfit };
  const { structure, weight } = inferred;
  const parallel = Number.isFinite(structure.parallel) ? structure.parallel : null;
  return { method: 'likelihood', service: { parallel, slowdown: structure.slowdown, weight }, misfit: null };
}

/** Turns are worth as much as independent ones: the variance falls as they grow. */
export function outlookOf({ certified, posterior }: Findings, requests: number): Outlook | null {
  if (certified === null || posterior === null || posterior.sd <= SURE) return null;
  const turns = requests * ((posterior.sd / SURE) ** 2 - 1);
  return { turns: ROUND * Math.ceil(turns / ROUND), sd: SURE };
}
