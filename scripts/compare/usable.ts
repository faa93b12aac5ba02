import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { leastSample } from '../foundation/statistics/least-sample.ts';
import { plural } from '../foundation/text/format.ts';
import { problemName } from '../report/problem-sentence.ts';
import { userLevel } from './design.ts';
import { nameOf } from './run-summary.ts';

/** Why a run cannot be compared, if it cannot. */
export function flawOf(run: RunSummary): string | null {
  const least = leastSample(0.95);
  const turns = userLevel(run)?.n ?? 0;
  if (run.flaw !== null) return problemName(run.flaw);
  return turns < least ? `${plural(turns, 'user turn')} with a latency, ${least} needed` : null;
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
