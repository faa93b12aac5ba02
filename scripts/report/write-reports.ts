import { mkdir } from 'node:fs/promises';
import { type Redact, redactStrings } from '../../contracts/redact.ts';
import { unredacted } from '../foundation/guard.ts';
import { jsonText } from '../foundation/text/printable.ts';
import { type RunFolder, runFolder } from '../ledger/run-folder.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import { renderHtml } from './html.tsx';
import { renderJunit } from './junit.ts';
import { renderLoadPerformance } from './load-performance.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportModel } from './model.ts';
import { renderOpenMetrics } from './open-metrics.ts';

/** Writes result.json, report.html, report.md, junit.xml, metrics.prom and load-performance.json. */
export async function writeReports(folder: string, model: ReportModel, redact: Redact): Promise<RunFolder> {
  const paths = runFolder(folder);
  await mkdir(folder, { recursive: true });
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const safe = redactStrings(model, redact) as ReportModel;
  await writeWhole(paths.result, jsonText(safe.result, 2), unredacted);
  await writeWhole(paths.html, renderHtml(safe), redact);
  await writeWhole(paths.markdown, renderMarkdown(safe), redact);
  await writeWhole(paths.junit, renderJunit(safe), redact);
  // Names of metrics look like keys, and all that is not a name is redacted.
  await writeWhole(paths.metrics, await renderOpenMetrics(safe.result), unredacted);
  await writeWhole(paths.loadPerformance, renderLoadPerformance(safe.result), redact);
  return paths;
}
