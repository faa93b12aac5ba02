import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../../analysis/analyse.ts';
import { unredacted } from '../../foundation/guard.ts';
import { startView } from '../../view/server/start-view.ts';
import { makeLedger, makePlan } from './make-ledger.ts';

/** How long `view` takes to show a run of so many turns (first argument, default a million), each question by a fresh server. */
const turns = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));

async function ask(paths: readonly string[]): Promise<void> {
  const before = performance.now();
  const { url, close } = await startView({ folder, memory: folder, redact: unredacted });
  const entered = await fetch(url);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  for (const path of paths) {
    const response = await fetch(new URL(path, url), { headers: { cookie } });
    const { length } = await response.text();
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
    const seconds = ((performance.now() - before) / 1000).toFixed(2);
    console.log(`${path}: after ${seconds} s, ${(length / 1000).toFixed(0)} kB`);
  }
  await close();
}

const PATHS = [
  '/api/runs',
  '/api/turns?run=',
  '/api/conversation?run=&conversation=1000',
  '/api/turns?run=&show=problems',
];
try {
  const plan = makePlan(turns);
  const ledger = join(folder, 'turns.ndjson');
  await makeLedger(plan, [ledger]);
  await writeFile(join(folder, 'run.json'), JSON.stringify(plan));
  console.log(`${turns} turns of a run that has not ended: the ledger is read`);
  await ask(PATHS);
  const { result } = await analyse({ plan, ledgers: [ledger], parquet: join(folder, 'turns.parquet') });
  await writeFile(join(folder, 'result.json'), JSON.stringify(result));
  console.log(`${turns} turns of a run that has ended`);
  await ask(PATHS);
} finally {
  await rm(folder, { recursive: true, force: true });
}
