import { resolve } from 'node:path';
import { baselineStore } from '../compare/baseline-store.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { CRITERIA, type Criteria } from '../compare/criteria.ts';
import { readRuns } from '../compare/read-runs.ts';
import type { ComparisonModel } from '../compare/report/model.ts';
import { usageError } from '../foundation/errors.ts';
import type { Command, Io } from '../foundation/io.ts';
import { compareInterleaved } from './compare-interleaved.ts';
import type { CompareOptions } from './flags/compare-flags.ts';
import { judgedComparison } from './judged.ts';
import { notifying } from './notify.ts';
import { writeComparison } from './write-comparison.ts';

/** Holds a candidate's runs against a baseline's: stored ones, or runs that it makes itself. */
export const compare: Command<CompareOptions> = notifying('compare', async (options, io, judged) => {
  const { tolerance, interleave, resume } = options;
  const criteria = { ...CRITERIA, tolerance };
  if (interleave !== undefined || resume !== undefined) {
    return compareInterleaved({ ...options, judged }, criteria, io);
  }
  const model = await compareStored(options, criteria, io);
  judged(judgedComparison(model.comparison));
  return writeComparison(options, model, io);
});

async function compareStored(
  { baseline: source, candidate: sources, baselines }: CompareOptions,
  criteria: Criteria,
  { cwd }: Io,
): Promise<ComparisonModel> {
  if (source === undefined || sources.length === 0) {
    throw usageError('compare needs a baseline and a candidate: results of runs, or with --interleave services');
  }
  const store = baselineStore(resolve(cwd, baselines));
  const baseline = await readRuns(source, cwd, store);
  const candidate = (await Promise.all(sources.map((each) => readRuns(each, cwd, store)))).flat();
  return { comparison: compareRuns(baseline, candidate, criteria), baseline, candidate };
}
