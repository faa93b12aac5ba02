import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleLedger } from '../report/sample-ledger.ts';
import { sampleModel } from '../report/sample-model.ts';
import { sampleTurns } from '../report/sample-turns.ts';

/** The folder of a simulated run that missed its gates, as `run` leaves it, but without Parquet. */
export async function sampleFolder(root: string, name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  const { plan, result } = await sampleModel('failing');
  await writeFile(join(folder, 'run.json'), JSON.stringify(plan));
  await writeFile(join(folder, 'result.json'), JSON.stringify(result));
  await writeFile(join(folder, 'turns.ndjson'), sampleLedger(sampleTurns(7, true)));
  await writeFile(join(folder, 'report.html'), '<!doctype html><title>Report</title><p>The report');
  return folder;
}
