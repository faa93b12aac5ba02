import { mkdir } from 'node:fs/promises';
import { redactStrings, redact as redactUnknown } from '../../contracts/redact.ts';
import { type RunFolder, runFolder } from '../ledger/run-folder.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import { renderHtml } from './html.tsx';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportModel } from './model.ts';

/** Writes result.json, report.html, report.md and junit.xml; `redact` takes more out than what looks like a secret. */
export async function writeReports(folder: string, model: ReportModel, redact = redactUnknown): Promise<RunFolder> {
  const paths = runFolder(folder);
  await mkdir(folder, { recursive: true });
  await writeWhole(paths.result, `${JSON.stringify(redactStrings(model.result, redact), null, 2)}\n`);
  await writeWhole(paths.html, renderHtml(model), redact);
  await writeWhole(paths.markdown, renderMarkdown(model), redact);
  await writeWhole(paths.junit, renderJunit(model), redact);
  return paths;
}
