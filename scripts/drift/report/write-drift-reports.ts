import { join } from 'node:path';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { type Redact, redactStrings } from '../../../contracts/redact.ts';
import { unredacted } from '../../foundation/guard.ts';
import { jsonText } from '../../foundation/text/printable.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import type { PastCheck } from '../baseline/history.ts';
import { renderDriftJunit } from './junit.ts';
import { renderDriftMarkdown } from './markdown.ts';
import { renderDriftPage } from './page.tsx';
import { renderSarif } from './sarif.ts';
import { sourcePlaces } from './sarif-places.ts';

/** Writes result.json, report.md, report.html, junit.xml and results.sarif. */
export async function writeDriftReports(
  folder: string,
  result: DriftResult,
  history: readonly PastCheck[],
  { redact, env }: { redact: Redact; env: Readonly<Record<string, string | undefined>> },
): Promise<void> {
  const write = (file: string, text: string): Promise<void> => writeWhole(join(folder, file), text, redact);
  await writeWhole(join(folder, 'result.json'), jsonText(redactStrings(result, redact), 2), unredacted);
  await write('report.md', renderDriftMarkdown(result));
  await write('junit.xml', renderDriftJunit(result));
  await writeWhole(
    join(folder, 'results.sarif'),
    jsonText(redactStrings(renderSarif(result, await sourcePlaces(env)), redact), 2),
    unredacted,
  );
  await write('report.html', renderDriftPage(result, history));
}
