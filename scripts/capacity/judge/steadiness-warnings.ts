import type { Level } from '../measure/level.ts';
import { UNSTEADY } from '../measure/steadiness.ts';

/** What the levels' checks say about the search as a whole. */
export function steadinessWarnings({
  levels,
  certified,
}: {
  levels: readonly Level[];
  certified: number | null;
}): string[] {
  const broken = levels.filter(({ steadiness: { little } }) => little !== null && little.difference > little.tolerance);
  const trusted = levels.filter(({ rate }) => certified !== null && rate <= 1.1 * certified);
  const unsteady = trusted.filter(({ steadiness: { mser } }) => mser !== null && mser > UNSTEADY);
  return [
    ...(broken.length === 0
      ? []
      : [
          `turns in flight and rate times latency do not agree (Little's law) at ${ratesOf(broken)} turns/s: a clock jumped, or answers are missing from the ledger`,
        ]),
    ...(unsteady.length < 2 || unsteady.length < trusted.length / 2
      ? []
      : [`no steady state (MSER-5) in ${unsteady.length} of ${trusted.length} levels up to the certified rate`]),
  ];
}

const ratesOf = (levels: readonly Level[]): string => levels.map(({ rate }) => rate.toPrecision(3)).join(', ');
