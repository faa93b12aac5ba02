import type { CapacityWarning } from '../../../contracts/generated/capacity.ts';
import type { Findings } from '../search/findings.ts';
import { turnsAt } from '../search/saturation.ts';

/** Turns that mostly decide whether an idle service meets an objective: a level at a low rate, and the steps before it. */
const DECIDING = 600;

/** What is known at least, and the budget that tells more; `enough` has the budget of so many further turns. */
export function leastWarnings(
  { odds, certified, isReached, inferred, closed }: Findings,
  enough: (turns: number) => number,
): CapacityWarning[] {
  if (certified === null && odds !== null)
    return [{ code: 'objective-undecided', share: odds.alone, budget: enough(DECIDING) }];
  if (isReached) return [];
  const inFlight =
    inferred !== null && 'structure' in inferred
      ? inferred.structure.parallel
      : Math.max(...closed.map(({ concurrency }) => concurrency));
  return [{ code: 'limit-not-reached', inFlight, budget: enough(turnsAt(2 * inFlight, 'other')) }];
}
