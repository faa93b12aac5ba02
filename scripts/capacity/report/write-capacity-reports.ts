import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { redactor } from '../../redact.ts';
import { writeWhole } from '../../report/write-whole.ts';
import type { RunFolder } from '../../run-folder.ts';
import { renderCapacityMarkdown } from './markdown.ts';
import { renderCapacityPage } from './page.tsx';

/** Writes result.json, report.html and report.md of a search. */
export async function writeCapacityReports(
  folder: RunFolder,
  result: CapacityResult,
  env: Parameters<typeof redactor>[0],
): Promise<void> {
  const redact = redactor(env);
  await writeWhole(folder.result, `${JSON.stringify(result, null, 2)}\n`, redact);
  await writeWhole(folder.html, renderCapacityPage(result), redact);
  await writeWhole(folder.markdown, renderCapacityMarkdown(result), redact);
}
