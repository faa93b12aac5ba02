import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Redact, redactor } from '../redact.ts';
import { renderHtml } from './html.tsx';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportModel } from './model.ts';

/** Paths of the files that a run's folder holds after its reports are written. */
export interface ReportPaths {
  readonly json: string;
  readonly html: string;
  readonly markdown: string;
  readonly junit: string;
}

/**
 * Writes result.json, report.html, report.md and junit.xml; each appears whole or not at all.
 * What the ledger holds is redacted already; this is the last place where a secret could be caught.
 */
export async function writeReports(
  folder: string,
  model: ReportModel,
  redact: Redact = redactor({}),
): Promise<ReportPaths> {
  await mkdir(folder, { recursive: true });
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    const partial = `${path}.${process.pid}.partial`;
    await writeFile(partial, redact(content));
    await rename(partial, path);
    return path;
  };
  return {
    json: await write('result.json', `${JSON.stringify(model.result, null, 2)}\n`),
    html: await write('report.html', renderHtml(model)),
    markdown: await write('report.md', renderMarkdown(model)),
    junit: await write('junit.xml', renderJunit(model)),
  };
}
