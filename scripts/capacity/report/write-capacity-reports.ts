import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { type Redact, redactStrings } from '../../../contracts/redact.ts';
import type { RunFolder } from '../../ledger/run-folder.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import { renderCapacityMarkdown } from './markdown.ts';
import { renderCapacityPage } from './page.tsx';

/** Writes result.json, report.html and report.md of a search. */
export async function writeCapacityReports(folder: RunFolder, result: CapacityResult, redact: Redact): Promise<void> {
  await writeWhole(folder.result, `${JSON.stringify(redactStrings(result, redact), null, 2)}\n`);
  await writeWhole(folder.html, renderCapacityPage(result), redact);
  await writeWhole(folder.markdown, renderCapacityMarkdown(result), redact);
}
