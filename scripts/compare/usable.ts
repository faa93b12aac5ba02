import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { leastSample } from '../foundation/statistics/binomial.ts';
import { userLevel } from './design.ts';
import { nameOf } from './run-summary.ts';

/** Why a run cannot be compared, if it cannot. */
export function flawOf(run: RunSummary): string | null {
  const least = leastSample(0.95);
  const turns = userLevel(run)?.n ?? 0;
  return run.flaw ?? (turns < least ? `${turns} user turns with a latency, it needs ${least}` : null);
}

/** Leaves out runs that prove nothing, and says so; in order of time. */
export function usable(runs: readonly RunSummary[], arm: string, notes: string[]): RunSummary[] {
  const kept = runs.filter((run) => {
    const flaw = flawOf(run);
    if (flaw !== null) notes.push(`${arm} run ${nameOf(run)} is left out: ${flaw}`);
    return flaw === null;
  });
  return kept.sort((a, b) => a.at - b.at);
}
