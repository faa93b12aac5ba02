import type { Capacity } from '../../../contracts/generated/capacity.ts';
import { perSecond, share } from '../../foundation/text/format.ts';
import { UNSTEADY } from '../measure/steadiness.ts';

export const checkHeader = [
  'Rate',
  'In flight',
  'Rate × latency',
  "Little's law",
  'Growth in flight',
  'Warm-up',
  'Steady',
];

/** Columns that need a sentence. */
export const CHECKS =
  "Turns in flight, counted from time stamps, must equal rate times latency (Little's law). Growth is how many more turns are in flight each second; warm-up is the share of a level before its latency is steady (MSER-5).";

/** Whether each level's own numbers fit each other, by rate, as cells. */
export function checkCells({ levels }: Capacity): string[][] {
  return [...levels]
    .sort((a, b) => a.lambda - b.lambda)
    .map(({ lambda, little, inFlight, inFlightSlope, mser, growing, aborted }) => [
      perSecond(lambda),
      (little?.inFlight ?? inFlight).toFixed(2),
      little === null ? '' : little.rateTimesLatency.toFixed(2),
      little === null ? 'not tested' : littleOf(little),
      `${inFlightSlope < 0 ? '−' : '+'}${perSecond(Math.abs(inFlightSlope))}`,
      mser === null ? 'too few turns' : share(mser),
      aborted ? 'ended early' : steadyOf(mser, growing),
    ]);
}

function steadyOf(mser: number | null, growing: boolean): string {
  if (growing) return 'no: a backlog grows';
  return mser !== null && mser > UNSTEADY ? 'no steady state' : 'yes';
}

function littleOf({ difference, tolerance }: NonNullable<Capacity['levels'][number]['little']>): string {
  return difference > tolerance
    ? `broken: ${share(difference)} apart, ${share(tolerance)} allowed`
    : `holds (${share(difference)} apart)`;
}
