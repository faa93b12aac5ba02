import { join } from 'node:path';
import type { ComparisonModel } from '../compare/report/model.ts';
import { renderComparisonMarkdown, renderComparisonText } from '../compare/report/text.ts';
import type { Io } from '../foundation/io.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import type { CompareOptions } from './flags/compare-flags.ts';
import { type Output, writeOutput, writePage } from './write-output.ts';

/** Writes a comparison in the form that was asked for; returns its exit code. */
export async function writeComparison(options: CompareOptions, model: ComparisonModel, io: Io): Promise<number> {
  await writeOutput(options, outputOf(model), io);
  return model.comparison.exitCode;
}

/** Writes a comparison in all forms to its folder; returns the path of the page. */
export async function writeComparisonFiles(root: string, model: ComparisonModel, { guard }: Io): Promise<string> {
  const { comparison } = model;
  const { redact } = guard;
  const page = join(root, 'comparison.html');
  await writeWhole(join(root, 'comparison.json'), `${JSON.stringify(comparison)}\n`, redact);
  await writeWhole(join(root, 'comparison.md'), renderComparisonMarkdown(comparison), redact);
  await writePage(page, outputOf(model).page, redact);
  return page;
}

function outputOf(model: ComparisonModel): Output {
  const { comparison } = model;
  return {
    json: comparison,
    text: () => renderComparisonText(comparison),
    markdown: () => renderComparisonMarkdown(comparison),
    page: async () => (await import('../compare/report/html.tsx')).renderComparisonHtml(model),
  };
}
