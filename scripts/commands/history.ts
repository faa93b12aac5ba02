import { resolve } from 'node:path';
import type { History } from '../../contracts/generated/history.ts';
import type { Redact } from '../../contracts/redact.ts';
import { baselineStore } from '../compare/baseline-store.ts';
import { surveyRuns } from '../compare/read-runs.ts';
import { usageError } from '../errors.ts';
import { historyOf } from '../history/history.ts';
import { renderHistoryMarkdown, renderHistoryText } from '../history/render.ts';
import type { Command } from '../io.ts';
import { writeWhole } from '../report/write-whole.ts';
import type { HistoryOptions } from './history-options.ts';

/** Tells since when stored runs have been better or worse. */
export const history: Command<HistoryOptions> = async (options, { out, cwd, guard }) => {
  const store = baselineStore(resolve(cwd, options.baselines));
  const surveys = await Promise.all(options.sources.map((source) => surveyRuns(source, cwd, store)));
  const judged = historyOf(
    surveys.flatMap(({ runs }) => runs),
    options.magnitude,
  );
  const model = { ...judged, notes: [...judged.notes, ...surveys.flatMap(({ notes }) => notes)] };
  if (options.output === 'json') out(`${JSON.stringify(model)}\n`);
  else out(options.output === 'markdown' ? renderHistoryMarkdown(model) : renderHistoryText(model));
  if (options.html !== undefined) await writePage(resolve(cwd, options.html), model, guard.redact);
  return model.exitCode;
};

/** The page's renderer is loaded only for a page: it is slow to load. */
async function writePage(path: string, model: History, redact: Redact): Promise<void> {
  const { renderHistoryHtml } = await import('../report/history/html.tsx');
  await writeWhole(path, renderHistoryHtml(model), redact).catch((error: NodeJS.ErrnoException) => {
    throw usageError(`cannot write the page to ${path}: ${error.message}`, { cause: error });
  });
}
