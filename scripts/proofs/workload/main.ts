import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import { redact } from '../../../contracts/redact.ts';
import { apiClient } from '../../http/api-client.ts';
import { startReferenceServer } from '../../reference-server/index.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { bankOf } from '../../workload/bank.ts';
import { learn } from '../../workload/learn.ts';
import { modelPaths } from '../../workload/model-paths.ts';
import { checkedParameters, isCovered } from './coverage.ts';
import { type KnownLaw, knownHistory } from './known-history.ts';

const LAW: KnownLaw = { perHour: 5, dispersion: 0.09, continues: 0.55, meanPauseMs: 40_000, german: 0.25, weeks: 8 };
const DAY_MS = 86_400_000;
const LEAST_SHARE = 0.95;

/** Learns histories of a known law from the reference server, and counts how often each parameter lies in its interval. */
async function main(seeds: number): Promise<number> {
  const bank = bankOf(await readWorkload());
  const covered = new Map<string, number>();
  for (let seed = 1; seed <= seeds; seed++) {
    const arrivals = await learnt(seed, bank);
    const checked = checkedParameters(LAW, arrivals);
    for (const one of checked) {
      const parameter = one.parameter.startsWith('hour ') ? 'hour of the week' : one.parameter;
      covered.set(parameter, (covered.get(parameter) ?? 0) + (isCovered(one) ? 1 : 0));
    }
  }
  for (const [parameter, k] of covered) {
    const n = parameter === 'hour of the week' ? 168 * seeds : seeds;
    process.stdout.write(`${parameter.padEnd(24)} ${k} of ${n} (${((100 * k) / n).toFixed(1)}%)\n`);
  }
  return [...covered].every(([parameter, k]) => k >= LEAST_SHARE * (parameter === 'hour of the week' ? 168 : 1) * seeds)
    ? 0
    : 1;
}

async function learnt(seed: number, bank: ReturnType<typeof bankOf>): Promise<Arrivals> {
  const server = await startReferenceServer({ seed });
  const out = mkdtempSync(join(tmpdir(), 'sim-workload-'));
  server.fill(knownHistory(LAW, seed, Date.now()));
  const client = apiClient({ baseUrl: server.url }, server.keys.read, new AbortController().signal);
  // Whole weeks to the hour that runs: the history ends with the last whole hour.
  const options = { baseUrl: server.url, sinceMs: LAW.weeks * 7 * DAY_MS, agent: undefined, channel: undefined };
  await learn(
    { ...options, maxRequests: 5_000, scripts: 500, seed, out },
    { client, bank, say: () => undefined, redact },
  );
  const arrivals = JSON.parse(readFileSync(modelPaths(out).arrivals, 'utf8')) as Arrivals;
  rmSync(out, { recursive: true });
  await server.close();
  return arrivals;
}

process.exitCode = await main(Number(process.argv[2] ?? 20));
