import type { CapacityWarning } from '../../../contracts/generated/capacity.ts';
import type { Level } from '../measure/level.ts';
import { UNSTEADY } from '../measure/steadiness.ts';

/** What the levels' checks say about the search as a whole. */
export function steadinessWarnings({
  levels,
  certified,
}: {
  levels: readonly Level[];
  certified: number | null;
}): CapacityWarning[] {
  const broken = levels.filter(({ steadiness: { little } }) => little !== null && little.difference > little.tolerance);
  const trusted = levels.filter(({ rate }) => certified !== null && rate <= 1.1 * certified);
  const unsteady = trusted.filter(({ steadiness: { mser } }) => mser !== null && mser > UNSTEADY);
  return [
    ...(broken.length === 0 ? [] : [{ code: 'little-mismatch', rates: broken.map(({ rate }) => rate) } as const]),
    ...(unsteady.length < 2 || unsteady.length < trusted.length / 2
      ? []
      : [{ code: 'no-steady-state', count: unsteady.length, levels: trusted.length } as const]),
  ];
}
