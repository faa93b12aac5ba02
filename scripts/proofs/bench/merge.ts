import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { CLI } from '../../foundation/package-root.ts';
import { sampleUsage } from '../../k6/process-usage.ts';
import { makeLedger, makePlan } from './make-ledger.ts';

const RUNNERS = 10;
/** Two a turn, one a conversation of four turns. */
const LINES_A_TURN = 2.25;
const GOAL = { seconds: 60, bytes: 2e9 };

/** Time and memory in which `collect` makes one report of ten ledgers of so many lines each (first argument, default a million). */
const lines = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-merge-'));
try {
  const plan = { ...makePlan(Math.round((RUNNERS * lines) / LINES_A_TURN)), runners: RUNNERS };
  const ledgers = Array.from({ length: RUNNERS }, (_, index) => join(folder, `runner-${index + 1}.ndjson`));
  await makeLedger(plan, ledgers);
  await writeFile(join(folder, 'run.json'), JSON.stringify(plan));
  // What the system has not written of them yet, it would write while the merge is measured.
  await execa('sync');
  const before = performance.now();
  const collect = execa(process.execPath, [CLI, 'collect', folder, '--json'], { reject: false });
  const usage = sampleUsage(collect.pid ?? 0);
  const { exitCode, stdout } = await collect;
  const seconds = (performance.now() - before) / 1_000;
  const { cpuSeconds = 0, peakMemoryBytes = 0 } = usage.stop() ?? {};
  const { size } = await stat(join(folder, 'turns.ndjson'));
  const { counts } = JSON.parse(String(stdout)) as { counts: { sent: number } };
  console.log(
    `${counts.sent} turns of ${RUNNERS} runners, ${(size / 1e9).toFixed(2)} GB of ledgers: ${seconds.toFixed(1)} s, ` +
      `${cpuSeconds.toFixed(1)} s of CPU, peak memory ${(peakMemoryBytes / 1e9).toFixed(2)} GB, exit code ${exitCode}`,
  );
  if (seconds > GOAL.seconds || peakMemoryBytes > GOAL.bytes || counts.sent !== plan.turns) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
