import type { RunFlaw, RunSummary } from '../../contracts/generated/baseline.ts';
import type { Arm, ComparisonNote } from '../../contracts/generated/comparison.ts';
import { leastSample } from '../foundation/statistics/least-sample.ts';
import { userLevel } from './design.ts';
import { nameOf } from './run-summary.ts';

/** Why a run cannot be compared, if it cannot. */
export function flawOf(run: RunSummary): RunFlaw | null {
  if (run.flaw !== null) return { code: 'problem', problem: run.flaw };
  const needed = leastSample(0.95);
  const turns = userLevel(run)?.n ?? 0;
  return turns < needed ? { code: 'too-few-turns', turns, needed } : null;
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
