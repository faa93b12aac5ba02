import type { Estimate, Result } from '../../contracts/generated/result.ts';
import { estimate, interval, shareOf } from '../foundation/text/format.ts';

/** Conversations as units: how many were completed, and how long they took from the first turn to the answer of the last. */
export function conversationLine({ completed, turns, p50, p95 }: NonNullable<Result['conversations']>): string {
  return `${shareOf(completed)} completed, with ${turns.toFixed(1)} turns each; took p50 ${known(p50)}, p95 ${known(p95)}`;
}

const known = (it: Estimate): string => (it.value === null ? estimate(it) : `${estimate(it)} ${interval(it)}`.trim());
