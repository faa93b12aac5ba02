import { resolve } from 'node:path';
import { usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command } from '../foundation/io.ts';
import { apiClient } from '../http/api-client.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { loadConfig } from '../run/config/load.ts';
import { assertKnownTarget } from '../run/plan/known-target.ts';
import { modelPaths } from '../run/workload/model-paths.ts';
import { readWorkload } from '../run/workload/read.ts';
import { bankOf } from '../workload/bank.ts';
import { learn } from '../workload/learn.ts';
import { renderArrivals } from '../workload/report/arrivals-text.ts';
import type { WorkloadOptions } from './flags/workload-flags.ts';
import { unlessStopped } from './unless-stopped.ts';
import { writableFolder } from './writable-folder.ts';

/** Learns what customers do from stored conversations, without what they said. */
export const workloadLearn: Command<WorkloadOptions> = async (options, io) => {
  const { agent, channel, maxRequests, scripts, seed, confirmTarget } = options;
  const sinceMs = sinceOf(options.since);
  const { config } = await loadConfig({ flags: { baseUrl: options.baseUrl }, path: options.config }, io);
  const { baseUrl } = config;
  assertKnownTarget({ target: { baseUrl } }, confirmTarget, io.env, 'the configuration names');
  const apiKey = apiKeyOf(io.env);
  const bank = bankOf(await readWorkload(options.bank && resolve(io.cwd, options.bank), options.bank));
  const { path: out } = await writableFolder(resolve(io.cwd, options.out));
  io.guard.watch(out);
  const client = apiClient({ baseUrl }, apiKey, io.signal);
  const task = { client, bank, say: io.err, redact: io.guard.redact };
  const arrivals = await unlessStopped(
    learn({ baseUrl, sinceMs, agent, channel, maxRequests, scripts, seed, out }, task),
    'Interrupted; the same command continues from here.',
    io,
  );
  if (arrivals === undefined) return EXIT.interrupted;
  if (options.json) io.json(arrivals);
  (options.json ? io.err : io.out)(renderArrivals(arrivals, modelPaths(options.out)));
  return EXIT.pass;
};

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const LONGEST_MS = 731 * UNIT_MS.d;

function sinceOf(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([hdw])$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (UNIT_MS[unit as keyof typeof UNIT_MS] ?? 0);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw usageError(`--since: must be a time such as 12h, 28d or 8w, at most two years, got ${text}`);
}
