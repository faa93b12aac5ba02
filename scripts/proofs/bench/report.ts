import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { analyse } from '../../analysis/analyse.ts';
import { writeReports } from '../../report/write-reports.ts';
import { newGuard } from '../../secrets/guard.ts';
import { scanFolder } from '../../secrets/scan.ts';
import { makeLedger, makePlan } from './make-ledger.ts';

const KEY = { FINI_API_KEY: 'fini_live_0123456789abcdef0123456789abcdef' };
const PERSONAL = {
  values: Array.from({ length: 200 }, (_, number) => `Okafor ${number} Ltd`),
  patterns: ['\\+\\d{2}[ \\d]{6,}', 'DE\\d{20}', '\\bAC-\\d{6}\\b'],
};

/** CPU seconds of this process so far. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds that the search for a key takes, and for 200 values and three patterns besides. */
async function searchSeconds(folder: string): Promise<[key: number, all: number]> {
  const guard = newGuard(KEY);
  const took = async (): Promise<number> => {
    const before = performance.now();
    const leaks = await scanFolder(folder, guard);
    if (leaks.length > 0) throw new Error(`A made ledger holds a secret: ${JSON.stringify(leaks[0])}`);
    return (performance.now() - before) / 1_000;
  };
  const key = await took();
  guard.protectPersonal(PERSONAL);
  return [key, await took()];
}

/** Time, CPU and memory from a ledger of so many turns (first argument, default a million) to result, reports and search. */
const turns = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
try {
  const plan = makePlan(turns);
  const ledger = join(folder, 'turns.ndjson');
  await makeLedger(plan, [ledger]);
  const { size } = await stat(ledger);
  // What the system has not written of it yet, it would write meanwhile.
  await execa('sync');
  const cpu = cpuSeconds();
  const before = performance.now();
  const analysis = await analyse({ plan, ledgers: [ledger], parquet: join(folder, 'turns.parquet') });
  const analysed = performance.now();
  const { html } = await writeReports(folder, { ...analysis, plan }, newGuard(KEY).redact);
  const seconds = (ms: number): string => `${((ms - before) / 1000).toFixed(1)} s`;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${analysis.result.counts.sent} turns, ${megabytes(size)} of ledger: result after ${seconds(analysed)}, ` +
      `reports after ${seconds(performance.now())}, ${(cpuSeconds() - cpu).toFixed(1)} s of CPU, peak memory ${megabytes(peak)}, page ${megabytes((await stat(html)).size)}`,
  );
  const [key, all] = await searchSeconds(folder);
  console.log(`search for a key ${key.toFixed(1)} s, with 200 values and 3 patterns ${all.toFixed(1)} s`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
