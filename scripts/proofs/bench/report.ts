import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../../analysis/analyse.ts';
import { writeReports } from '../../report/write-reports.ts';
import { makeLedger, makePlan } from './make-ledger.ts';

/** Time and memory from a ledger of so many turns (first argument, default a million) to result and reports. */
const turns = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
try {
  const plan = makePlan(turns);
  const ledger = join(folder, 'turns.ndjson');
  await makeLedger(plan, ledger);
  const { size } = await stat(ledger);
  const before = performance.now();
  const analysis = await analyse({ plan, ledgers: [ledger], parquet: join(folder, 'turns.parquet') });
  const analysed = performance.now();
  const { html } = await writeReports(folder, { ...analysis, plan });
  const seconds = (ms: number): string => `${((ms - before) / 1000).toFixed(1)} s`;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${analysis.result.counts.sent} turns, ${megabytes(size)} of ledger: result after ${seconds(analysed)}, ` +
      `reports after ${seconds(performance.now())}, peak memory ${megabytes(peak)}, page ${megabytes((await stat(html)).size)}`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
