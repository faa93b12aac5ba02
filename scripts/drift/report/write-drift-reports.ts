import { join } from 'node:path';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { Redact } from '../../../contracts/redact.ts';
import { jsonText } from '../../foundation/text/printable.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import type { PastCheck } from '../baseline/history.ts';
import { renderDriftJunit } from './junit.ts';
import { renderDriftMarkdown } from './markdown.ts';
import { renderDriftPage } from './page.tsx';
import { renderSarif } from './sarif.ts';

/** Writes result.json, report.md, report.html, junit.xml and results.sarif. */
export async function writeDriftReports(
  folder: string,
  result: DriftResult,
  history: readonly PastCheck[],
  redact: Redact,
): Promise<void> {
  const write = (file: string, text: string): Promise<void> => writeWhole(join(folder, file), text, redact);
  await write('result.json', jsonText(result, 2));
  await write('report.md', renderDriftMarkdown(result));
  await write('junit.xml', renderDriftJunit(result));
  await write('results.sarif', jsonText(renderSarif(result), 2));
  await write('report.html', renderDriftPage(result, history));
}
