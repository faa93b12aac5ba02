import { join } from 'node:path';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import { renderComparisonMarkdown } from '../compare/report/markdown.ts';
import type { ComparisonModel } from '../compare/report/model.ts';
import { renderComparisonText } from '../compare/report/text.ts';
import { unredacted } from '../foundation/guard.ts';
import type { Io } from '../foundation/io.ts';
import { jsonText } from '../foundation/text/printable.ts';
import { addToStepSummary } from '../secrets/step-summary.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import type { CompareOptions } from './flags/compare-flags.ts';
import { type Output, writeOutput, writePage } from './write-output.ts';

/** Writes a comparison in the form that was asked for; returns its exit code. */
export async function writeComparison(options: CompareOptions, model: ComparisonModel, io: Io): Promise<number> {
  const output = outputOf(model, io.guard.redact);
  await writeOutput(options, output, io);
  await addToStepSummary(output.markdown(), io);
  return model.comparison.exitCode;
}

/** Writes a comparison in all forms to its folder; returns the path of the page. */
export async function writeComparisonFiles(root: string, model: ComparisonModel, { guard }: Io): Promise<string> {
  const { redact } = guard;
  const { json, markdown, page } = outputOf(model, redact);
  const path = join(root, 'comparison.html');
  await writeWhole(join(root, 'comparison.json'), jsonText(json), unredacted);
  await writeWhole(join(root, 'comparison.md'), markdown(), redact);
  await writePage(path, page, redact);
  return path;
}

function outputOf(model: ComparisonModel, redact: Redact): Output {
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const safe = redactStrings(model, redact) as ComparisonModel;
  const { comparison } = safe;
  return {
    json: comparison,
    text: () => renderComparisonText(comparison),
    markdown: () => renderComparisonMarkdown(comparison),
    page: async () => (await import('../compare/report/page.tsx')).renderComparisonHtml(safe),
  };
}
