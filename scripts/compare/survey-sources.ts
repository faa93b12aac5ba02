import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { HistoryNote } from '../../contracts/generated/history.ts';
import { HarnessError } from '../foundation/errors.ts';
import type { BaselineStore } from './baseline-store.ts';
import { type Survey, surveyRuns } from './read-runs.ts';
import { nameOf } from './run-summary.ts';

/** The sound runs of several sources; each other one, and each source that is none, is left out and named. */
export async function surveySources(sources: readonly string[], cwd: string, store: BaselineStore): Promise<Survey> {
  const surveys = await Promise.all(sources.map((source) => survey(source, cwd, store)));
  const runs = surveys.flatMap((each) => each.runs);
  const flaws = runs.flatMap((run): HistoryNote[] =>
    run.flaw === null ? [] : [{ code: 'run-left-out', run: nameOf(run), flaw: { code: 'problem', problem: run.flaw } }],
  );
  return { runs: runs.filter(isSound), notes: [...surveys.flatMap(({ notes }) => notes), ...flaws] };
}

/** A run that proves nothing must not become what others are held against. */
const isSound = ({ flaw }: RunSummary): boolean => flaw === null;

async function survey(source: string, cwd: string, store: BaselineStore): Promise<Survey> {
  try {
    return await surveyRuns(source, cwd, store);
  } catch (error) {
    if (error instanceof HarnessError)
      return { runs: [], notes: [{ code: 'folder-unreadable', detail: error.message }] };
    throw error;
  }
}
