import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../metrics/analyse.ts';
import { makeLedger, makePlan } from './make-ledger.ts';

/** Time and memory from a ledger of so many turns (first argument, default a million) to result and figures. */
const turns = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));
try {
  const plan = makePlan(turns);
  const ledger = join(folder, 'turns.ndjson');
  await makeLedger(plan, ledger);
  const { size } = await stat(ledger);
  const before = performance.now();
  const { result } = await analyse({ plan, ledgers: [ledger], parquet: join(folder, 'turns.parquet') });
  const seconds = (performance.now() - before) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${result.counts.sent} turns, ${(size / 1e6).toFixed(0)} MB of ledger: ${seconds.toFixed(1)} s, ` +
      `peak ${(peak / 1e6).toFixed(0)} MB; ${result.headline}`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
