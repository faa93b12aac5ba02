import { resolve } from 'node:path';
import { baselineStore } from '../compare/baseline-store.ts';
import { CRITERIA, compareRuns } from '../compare/compare-runs.ts';
import { readRuns } from '../compare/read-runs.ts';
import { renderComparisonMarkdown, renderComparisonText } from '../compare/render.ts';
import type { Command } from '../io.ts';
import type { CompareOptions } from './compare-options.ts';

/** Holds a candidate's runs against a baseline's. */
export const compare: Command<CompareOptions> = async (options, { out, cwd }) => {
  const store = baselineStore(resolve(cwd, options.baselines));
  const baseline = await readRuns(options.baseline, cwd, store);
  const candidates = await Promise.all(options.candidates.map((source) => readRuns(source, cwd, store)));
  const { tolerance = CRITERIA.tolerance } = options;
  const comparison = compareRuns(baseline, candidates.flat(), { ...CRITERIA, tolerance });
  if (options.output === 'json') out(`${JSON.stringify(comparison)}\n`);
  else out(options.output === 'markdown' ? renderComparisonMarkdown(comparison) : renderComparisonText(comparison));
  return comparison.exitCode;
};
