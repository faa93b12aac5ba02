import { QUANTILE_95 } from '../../foundation/statistics/normal.ts';
import type { ClosedStep } from '../measure/closed-step.ts';
import { coefficientOfVariation } from '../model/belief.ts';

/** Relative standard error of a throughput by so many answers, whose times vary by `cv`: completions are a renewal process. */
export const renewalError = (cv: number, answers: number): number => cv / Math.sqrt(answers);

/**
 * Answers that the throughput of a step was taken from, and its relative standard error. Undefined with too few answers to tell.
 */
export function throughputError(step: ClosedStep): { answers: number; error: number } | undefined {
  const { concurrency, n, throughput, latenciesMs } = step;
  const answers = n - 2 * concurrency;
  if (throughput <= 0 || answers < 2) return undefined;
  // Equal answer times still leave the edges of the step.
  return { answers, error: Math.max(renewalError(coefficientOfVariation(latenciesMs), answers), 1 / answers) };
}

/**
 * The 90 % interval of a saturated throughput, by the step that it was taken from. `cv` is that of answers alone: those that
 * wait for a busy service vary less than the service does.
 */
export function saturationInterval(
  closed: readonly ClosedStep[],
  { saturated, cv }: { saturated: number | null; cv: number },
): [number, number] | null {
  const step = [...closed].reverse().find(({ throughput }) => throughput === saturated);
  const known = step && throughputError(step);
  if (saturated === null || known === undefined) return null;
  const factor = Math.exp(QUANTILE_95 * Math.max(known.error, renewalError(cv, known.answers)));
  return [saturated / factor, saturated * factor];
}
