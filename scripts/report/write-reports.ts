import { mkdir, rename, writeFile } from 'node:fs/promises';
import { type Redact, redactor } from '../redact.ts';
import { type RunFolder, runFolder } from '../run-folder.ts';
import { renderHtml } from './html.tsx';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportModel } from './model.ts';

/**
 * Writes result.json, report.html, report.md and junit.xml; each appears whole or not at all.
 * What the ledger holds is redacted already; this is the last place where a secret could be caught.
 */
export async function writeReports(
  folder: string,
  model: ReportModel,
  redact: Redact = redactor({}),
): Promise<RunFolder> {
  const paths = runFolder(folder);
  const write = async (path: string, content: string): Promise<void> => {
    const draft = `${path}.${process.pid}.tmp`;
    await writeFile(draft, redact(content));
    await rename(draft, path);
  };
  await mkdir(folder, { recursive: true });
  await write(paths.result, `${JSON.stringify(model.result, null, 2)}\n`);
  await write(paths.html, renderHtml(model));
  await write(paths.markdown, renderMarkdown(model));
  await write(paths.junit, renderJunit(model));
  return paths;
}
