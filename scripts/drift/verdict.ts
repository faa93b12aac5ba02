import type { DriftResult, Finding } from '../../contracts/generated/findings.ts';
import { EXIT } from '../foundation/exit-codes.ts';

/** Which classes fail beside those that always do. */
export interface Strictness {
  /** Additive findings fail, too. */
  readonly strictAdditive: boolean;
  /** Statistical findings fail, too. */
  readonly strictStatistical?: boolean;
}

/** Whether a finding fails a check. */
export function isFailing(
  { class: cls, notice }: Pick<Finding, 'class' | 'notice'>,
  { strictAdditive, strictStatistical = false }: Strictness,
): boolean {
  if (notice) return false;
  if (cls === 'statistical') return strictStatistical;
  return cls !== 'additive' || strictAdditive;
}

export function verdictOf(
  findings: readonly Finding[],
  problems: DriftResult['problems'],
  strictness: Strictness,
): DriftResult['verdict'] {
  if (findings.some((finding) => isFailing(finding, strictness))) return 'fail';
  return problems.length > 0 ? 'no-evidence' : 'pass';
}

/** A change of the contract goes before one of the distributions. */
export function exitOf(
  verdict: DriftResult['verdict'],
  findings: readonly Finding[],
  { strictAdditive }: Strictness,
): number {
  if (verdict !== 'fail') return verdict === 'pass' ? EXIT.pass : EXIT.noEvidence;
  const isBroken = findings.some((finding) => isFailing(finding, { strictAdditive }));
  return isBroken ? EXIT.contractViolated : EXIT.regression;
}
