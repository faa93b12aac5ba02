import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { headlineOf as headlineOfCapacity } from '../../capacity/report/sentences.ts';
import { headlineOf as headlineOfComparison } from '../../compare/report/sentences.ts';

/** The first version of these files held its sentence. */
interface Earlier {
  readonly headline?: string;
}

export type EarlierCapacity = CapacityResult & Earlier;
export type EarlierComparison = Comparison & Earlier;

export const capacityHeadline = (result: EarlierCapacity): string => result.headline ?? headlineOfCapacity(result);

export const comparisonHeadline = (result: EarlierComparison): string =>
  result.headline ?? headlineOfComparison(result);
