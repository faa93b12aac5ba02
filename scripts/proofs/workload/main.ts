import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { redact } from '../../../contracts/redact.ts';
import { binomialQuantile } from '../../foundation/statistics/binomial.ts';
import { apiClient } from '../../http/api-client.ts';
import { startReferenceServer } from '../../reference-server/index.ts';
import { modelPaths } from '../../run/workload/model-paths.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { type Bank, bankOf } from '../../workload/bank.ts';
import { learn } from '../../workload/learn.ts';
import { checkedParameters, isCovered } from './coverage.ts';
import { arrivalsCoverage } from './known-arrivals.ts';
import { type KnownLaw, knownHistory } from './known-history.ts';
import { differs, pastScripts, simulatedRun } from './simulated-run.ts';

const LAW: KnownLaw = { perHour: 5, dispersion: 0.09, continues: 0.55, meanPauseMs: 40_000, german: 0.25, weeks: 8 };
/** Another one, which a run of the first must not pass for. */
const OTHER: KnownLaw = { ...LAW, meanPauseMs: 2 * LAW.meanPauseMs, weeks: 1 };
const DAY_MS = 86_400_000;
/** Of findings that are each wrong in 5 %, more are wrong in 2 % of such counts at most. */
const mostWrong = (n: number): number => binomialQuantile(0.98, n, 0.05);
const LEAST_FOUND = 0.8;
/** Seeds of arrivals without a service. */
const ALONE = 1_000;

/**
 * Learns histories of a known law from the reference server; counts how often each parameter lies in its interval, and how
 * often a simulated run of the model differs from another history of the law, and from one of another law. Arrivals are learnt
 * with many more seeds from counts alone.
 */
async function main(seeds: number): Promise<number> {
  const bank = bankOf(await readWorkload());
  const covered = new Map<string, number>();
  let [wrong, found] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const { arrivals, scripts } = await learnt(seed, bank);
    for (const one of checkedParameters(LAW, arrivals)) {
      const parameter = one.parameter.startsWith('hour ') ? 'hour of the week' : one.parameter;
      covered.set(parameter, (covered.get(parameter) ?? 0) + (isCovered(one) ? 1 : 0));
    }
    const run = simulatedRun(scripts, seed);
    const past = (law: KnownLaw): ConversationScript[] =>
      pastScripts(knownHistory(law, 1_000 + seed, Date.now()), bank);
    if (differs(run, past({ ...LAW, weeks: 1 }))) wrong += 1;
    if (differs(run, past(OTHER))) found += 1;
  }
  for (const [parameter, k] of covered) say(parameter, k, samplesOf(parameter, seeds));
  say('run differs from its law', wrong, seeds);
  say('run differs from another', found, seeds);
  for (const weeks of [2, 4, LAW.weeks]) {
    const held = Object.entries(arrivalsCoverage({ ...LAW, weeks }, ALONE));
    const shares = held.map(([parameter, it]) => `${parameter} ${(100 * it).toFixed(1)}%`).join(', ');
    process.stdout.write(`arrivals of ${weeks} weeks alone, ${ALONE} seeds: ${shares}\n`);
  }
  const isCoveredEach = [...covered].every(
    ([parameter, k]) => samplesOf(parameter, seeds) - k <= mostWrong(samplesOf(parameter, seeds)),
  );
  return isCoveredEach && wrong <= mostWrong(seeds) && found >= LEAST_FOUND * seeds ? 0 : 1;
}

const samplesOf = (parameter: string, seeds: number): number => (parameter === 'hour of the week' ? 168 : 1) * seeds;

const say = (what: string, k: number, n: number): void => {
  process.stdout.write(`${what.padEnd(24)} ${k} of ${n} (${((100 * k) / n).toFixed(1)}%)\n`);
};

interface Learnt {
  readonly arrivals: Arrivals;
  readonly scripts: readonly ConversationScript[];
}

async function learnt(seed: number, bank: Bank): Promise<Learnt> {
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
  const paths = modelPaths(out);
  const arrivals = JSON.parse(readFileSync(paths.arrivals, 'utf8')) as Arrivals;
  const { conversations: scripts } = await readWorkload(paths.workload);
  rmSync(out, { recursive: true });
  await server.close();
  return { arrivals, scripts };
}

process.exitCode = await main(Number(process.argv[2] ?? 20));
