import { resolve } from 'node:path';
import { baselineStore } from '../compare/baseline-store.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { CRITERIA } from '../compare/criteria.ts';
import { readRuns } from '../compare/read-runs.ts';
import { renderComparisonMarkdown, renderComparisonText } from '../compare/render.ts';
import { usageError } from '../errors.ts';
import type { Command } from '../io.ts';
import type { ComparisonModel } from '../report/comparison/model.ts';
import { writeWhole } from '../report/write-whole.ts';
import type { CompareOptions } from './compare-options.ts';

/** Holds a candidate's runs against a baseline's. */
export const compare: Command<CompareOptions> = async (options, { out, cwd }) => {
  const store = baselineStore(resolve(cwd, options.baselines));
  const baseline = await readRuns(options.baseline, cwd, store);
  const sources = options.candidates.map((source) => readRuns(source, cwd, store));
  const candidate = (await Promise.all(sources)).flat();
  const { tolerance = CRITERIA.tolerance } = options;
  const comparison = compareRuns(baseline, candidate, { ...CRITERIA, tolerance });
  if (options.output === 'json') out(`${JSON.stringify(comparison)}\n`);
  else out(options.output === 'markdown' ? renderComparisonMarkdown(comparison) : renderComparisonText(comparison));
  if (options.html !== undefined) await writePage(resolve(cwd, options.html), { comparison, baseline, candidate });
  return comparison.exitCode;
};

/** The page's renderer is loaded only for a page: it is slow to load. */
async function writePage(path: string, model: ComparisonModel): Promise<void> {
  const { renderComparisonHtml } = await import('../report/comparison/html.tsx');
  await writeWhole(path, renderComparisonHtml(model)).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`cannot write the page to ${path}: ${error.message}`, { cause: error });
  });
}
