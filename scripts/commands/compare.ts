import { join, resolve } from 'node:path';
import { baselineStore } from '../compare/baseline-store.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { CRITERIA, type Criteria } from '../compare/criteria.ts';
import { readRuns } from '../compare/read-runs.ts';
import type { ComparisonModel } from '../compare/report/model.ts';
import { renderComparisonMarkdown, renderComparisonText } from '../compare/report/text.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import { compareInterleaved, type Interleaved } from './compare-interleaved.ts';
import type { CompareOptions } from './compare-options.ts';
import { type Output, writeOutput, writePage } from './write-output.ts';

/** Holds a candidate's runs against a baseline's: stored ones, or runs that it makes itself. */
export const compare: Command<CompareOptions> = async (options, io) => {
  const { tolerance = CRITERIA.tolerance, interleave } = options;
  const criteria = { ...CRITERIA, tolerance };
  if (interleave === undefined) return conclude(options, await compareStored(options, criteria, io), io);
  const interleaved = await compareInterleaved(interleave, criteria, io);
  return interleaved === undefined ? EXIT.pass : tellInterleaved(options, interleaved, io);
};

async function compareStored(options: CompareOptions, criteria: Criteria, { cwd }: Io): Promise<ComparisonModel> {
  const store = baselineStore(resolve(cwd, options.baselines));
  const baseline = await readRuns(options.baseline, cwd, store);
  const sources = options.candidates.map((source) => readRuns(source, cwd, store));
  const candidate = (await Promise.all(sources)).flat();
  return { comparison: compareRuns(baseline, candidate, criteria), baseline, candidate };
}

async function tellInterleaved(
  options: CompareOptions,
  { model, root, endedBy }: Interleaved,
  io: Io,
): Promise<number> {
  const { redact } = io.guard;
  await writeWhole(join(root, 'comparison.json'), `${JSON.stringify(model.comparison)}\n`, redact);
  await writeWhole(join(root, 'comparison.md'), renderComparisonMarkdown(model.comparison), redact);
  await writePage(join(root, 'comparison.html'), tellingOf(model).page, redact);
  const exitCode = await conclude(options, model, io);
  io.err(`Report: ${join(root, 'comparison.html')}\n`);
  if (endedBy === undefined) return exitCode;
  io.err(`It ended before its last pair: go on with fini-harness compare --resume ${root}\n`);
  return endedBy;
}

async function conclude(options: CompareOptions, model: ComparisonModel, io: Io): Promise<number> {
  await writeOutput(options, tellingOf(model), io);
  return model.comparison.exitCode;
}

function tellingOf(model: ComparisonModel): Output {
  const { comparison } = model;
  return {
    json: comparison,
    text: () => renderComparisonText(comparison),
    markdown: () => renderComparisonMarkdown(comparison),
    page: async () => (await import('../compare/report/html.tsx')).renderComparisonHtml(model),
  };
}
