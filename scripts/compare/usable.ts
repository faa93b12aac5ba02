import type { RunFlaw, RunSummary } from '../../contracts/generated/baseline.ts';
import type { Arm, ComparisonNote } from '../../contracts/generated/comparison.ts';
import { leastSample } from '../foundation/statistics/least-sample.ts';
import { type Arms, userLevel } from './design.ts';
import { distinct, nameOf } from './run-summary.ts';

/** Why a run cannot be compared, if it cannot. */
export function flawOf(run: RunSummary): RunFlaw | null {
  if (run.flaw !== null) return { code: 'problem', problem: run.flaw };
  const needed = leastSample(0.95);
  const turns = userLevel(run)?.n ?? 0;
  return turns < needed ? { code: 'too-few-turns', turns, needed } : null;
}

/** What only the service causes: a run that has come to this shows its failures, though not the latencies of its load. */
const OF_THE_SERVICE: readonly RunSummary['flaw'][] = [null, 'withheld', 'breaker-open', 'undiscovered'];

/** Whether the failed turns of a run are the service's, be its latencies comparable or not. */
export const showsFailures = ({ flaw, outage }: RunSummary): boolean =>
  outage === undefined && OF_THE_SERVICE.includes(flaw);

/** Each run once, and none on both sides: compared with itself, every run is as before. */
export function apart(
  baseline: readonly RunSummary[],
  candidate: readonly RunSummary[],
  notes: ComparisonNote[],
): Arms {
  const after = distinct(candidate);
  const before = distinct(baseline).filter((run) => {
    const isBoth = after.some(({ runId }) => runId === run.runId);
    if (isBoth)
      notes.push({ code: 'run-left-out', arm: 'baseline', run: nameOf(run), flaw: { code: 'on-both-sides' } });
    return !isBoth;
  });
  return { baseline: before, candidate: after };
}

/** Leaves out runs that prove nothing, and says so; in order of time. */
export function usable(runs: readonly RunSummary[], arm: Arm, notes: ComparisonNote[]): RunSummary[] {
  const kept = runs.filter((run) => {
    const flaw = flawOf(run);
    if (flaw !== null) notes.push({ code: 'run-left-out', arm, run: nameOf(run), flaw });
    return flaw === null;
  });
  return kept.sort((a, b) => a.at - b.at);
}
