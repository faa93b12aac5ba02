import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { type Redact, redactStrings } from '../../../contracts/redact.ts';
import { unredacted } from '../../foundation/guard.ts';
import { jsonText } from '../../foundation/text/printable.ts';
import type { RunFolder } from '../../ledger/run-folder.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import { renderCapacityMarkdown } from './markdown.ts';
import { renderCapacityPage } from './page.tsx';

/** Writes result.json, report.html and report.md of a search. */
export async function writeCapacityReports(folder: RunFolder, result: CapacityResult, redact: Redact): Promise<void> {
  // Before anything is rendered: what escaping has taken apart is not found any more.
  const safe = redactStrings(result, redact) as CapacityResult;
  await writeWhole(folder.result, jsonText(safe, 2), unredacted);
  await writeWhole(folder.html, renderCapacityPage(safe), redact);
  await writeWhole(folder.markdown, renderCapacityMarkdown(safe), redact);
}
