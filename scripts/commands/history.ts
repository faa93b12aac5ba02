import { resolve } from 'node:path';
import type { History } from '../../contracts/generated/history.ts';
import { redactStrings } from '../../contracts/redact.ts';
import { baselineStore } from '../compare/baseline-store.ts';
import { historyOf } from '../compare/history/history.ts';
import { renderHistoryMarkdown } from '../compare/history/report/markdown.ts';
import { renderHistoryText } from '../compare/history/report/text.ts';
import { holdsRuns, surveyRuns } from '../compare/read-runs.ts';
import { usageError } from '../foundation/errors.ts';
import type { Command } from '../foundation/io.ts';
import { type HistoryOptions, RESULTS } from './flags/history-flags.ts';
import { writeOutput } from './write-output.ts';

/** Tells since when stored runs have been better or worse. */
export const history: Command<HistoryOptions> = async (options, io) => {
  const { cwd } = io;
  await assertAnyRuns(options, cwd);
  const store = baselineStore(resolve(cwd, options.baselines));
  const surveys = await Promise.all(options.runs.map((source) => surveyRuns(source, cwd, store)));
  const judged = historyOf(
    surveys.flatMap(({ runs }) => runs),
    options.magnitude,
  );
  const noted = { ...judged, notes: [...judged.notes, ...surveys.flatMap(({ notes }) => notes)] };
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const model = redactStrings(noted, io.guard.redact) as History;
  const output = {
    json: model,
    text: () => renderHistoryText(model),
    markdown: () => renderHistoryMarkdown(model),
    page: async () => (await import('../compare/history/report/page.tsx')).renderHistoryHtml(model),
  };
  await writeOutput(options, output, io);
  return model.exitCode;
};

/** Where nothing was named, and nothing has run yet. */
async function assertAnyRuns({ runs: [first, ...others] }: HistoryOptions, cwd: string): Promise<void> {
  const isDefault = first === RESULTS && others.length === 0;
  if (!isDefault || (await holdsRuns(resolve(cwd, RESULTS)))) return;
  throw usageError(
    `there are no runs in ${RESULTS} yet: create some with \`fini-harness run\`, or give folders or baselines`,
  );
}
