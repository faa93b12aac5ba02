import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Io } from '../../foundation/io.ts';
import type { UsageSample } from '../../k6/process-usage.ts';
import type { K6 } from '../../k6/provision.ts';
import { type K6Exit, runK6 } from '../../k6/run-k6.ts';
import { withoutMetrics } from '../../k6/without-metrics.ts';
import { type Service, startEmbedded } from '../../run/service.ts';
import type { BenchRun } from './contenders.ts';
import { jsonLines, type ServedTurn, servedTurns } from './served-turns.ts';

export interface BenchResult {
  readonly exit: K6Exit;
  readonly samples: readonly UsageSample[];
  /** All user turns that the server received, in the order of receipt. */
  readonly served: readonly ServedTurn[];
  /** Empty where k6 wrote none. */
  readonly ledger: readonly LedgerLine[];
}

/** Runs k6 once against a fresh reference server, and takes what both of them know. Throws when not all went as it should. */
export async function benchRun(
  k6: K6,
  serviceLaw: object,
  prepare: (service: Service, folder: string) => Promise<BenchRun>,
  io: Io,
): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'fini-harness-bench-'));
  const service = await startEmbedded(
    { config: { embedded: { service: serviceLaw } } },
    {
      ...io,
      err: () => undefined,
    },
  );
  try {
    const ledger = join(folder, 'turns.ndjson');
    const { bundle, env, plain = false, withdraw } = await prepare(service, folder);
    const samples: UsageSample[] = [];
    const exit = await runK6({
      k6: k6.path,
      bundle,
      cwd: folder,
      ledger,
      env: { ...io.env, ...env },
      args: plain ? [] : withoutMetrics(k6.version, []),
      signal: io.signal,
      onUsage: (sample) => samples.push(sample),
    }).finally(withdraw);
    if (exit.end !== 'finished') throw new Error(`k6 ended as ${exit.end}: ${exit.stderr}`);
    const served = (await servedTurns(service.target.baseUrl)).filter(({ role }) => role === 'user');
    const refused = served.find(({ status }) => status !== 200);
    if (refused !== undefined) throw new Error(`the server answered ${refused.status}`);
    return { exit, samples, served, ledger: jsonLines<LedgerLine>(await readFile(ledger, 'utf8')) };
  } finally {
    await service.close();
    await rm(folder, { recursive: true });
  }
}
