import { resolve } from 'node:path';
import type { Redact } from '../../contracts/redact.ts';
import { HarnessError, usageError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import type { Command, Io } from '../foundation/io.ts';
import { hasCustomerText } from '../foundation/text/customer-text.ts';
import { duration } from '../foundation/text/format.ts';
import { apiClient } from '../http/api-client.ts';
import { apiKeyOf } from '../run/config/environment.ts';
import { type LoadedConfig, loadConfig } from '../run/config/load.ts';
import { assertKnownTarget } from '../run/plan/known-target.ts';
import { modelPaths } from '../run/workload/model-paths.ts';
import { readWorkload } from '../run/workload/read.ts';
import { type Bank, bankOf } from '../workload/bank.ts';
import { keepText } from '../workload/keep-text.ts';
import { learn } from '../workload/learn.ts';
import { type LearnFileTask, LONGEST_MS, learnFile } from '../workload/learn-file.ts';
import type { KeepText } from '../workload/observed.ts';
import { renderArrivals } from '../workload/report/arrivals-text.ts';
import type { WorkloadOptions } from './flags/workload-flags.ts';
import { unlessStopped } from './unless-stopped.ts';
import { writableFolder } from './writable-folder.ts';

/** Learns what customers do from stored conversations, or from a file of them, without what they said. */
export const workloadLearn: Command<WorkloadOptions> = async (options, io) => {
  const loaded = await loadConfig({ flags: { baseUrl: options.baseUrl }, path: options.config }, io);
  const { redact } = io.guard;
  const keep = options.keepText ? confirmed(options, redact) : undefined;
  const bank = await readBank(options, io.cwd);
  const task = { bank, keep, redact, say: io.err, signal: io.signal };
  const arrivals =
    options.from === undefined
      ? await fromService(options, loaded, task, io)
      : await fromFile({ ...options, from: options.from }, task, io);
  if (arrivals === undefined) return EXIT.interrupted;
  if (options.json) io.json(arrivals);
  (options.json ? io.err : io.out)(renderArrivals(arrivals, modelPaths(options.out)));
  return EXIT.pass;
};

/** A bank of customers' words would make a model of them that does not say so. */
async function readBank({ bank, keepText }: WorkloadOptions, cwd: string): Promise<Bank> {
  const workload = await readWorkload(bank && resolve(cwd, bank), bank);
  if (keepText !== true && hasCustomerText(workload)) {
    throw usageError(`--bank: ${bank} contains texts of customers: use another bank, or add --keep-text`);
  }
  return bankOf(workload);
}

function confirmed({ confirmKeepText }: WorkloadOptions, redact: Redact): KeepText {
  if (confirmKeepText) return keepText(redact);
  throw new HarnessError(
    EXIT.refused,
    '--keep-text stores texts of customers in the model, and names that are not configured remain in them: add --confirm-keep-text if you may store them',
  );
}

/** A limiter counts by the minute, or longer: reading waits for it rather than end. */
const POLITE = { limitedMs: [10_000, 30_000, 60_000], longestWaitMs: 5 * 60_000 } as const;
const NOTICED_MS = 5_000;

async function fromService(options: WorkloadOptions, { config }: LoadedConfig, task: LearnFileTask, io: Io) {
  const { agent, channel, maxRequests, scripts, seed, confirmTarget } = options;
  const sinceMs = sinceOf(options.since ?? DEFAULT_SINCE);
  const { baseUrl } = config;
  assertKnownTarget({ target: { baseUrl } }, confirmTarget, io.env, 'the configuration names');
  const client = apiClient({ baseUrl }, apiKeyOf(io.env), io.signal, {
    ...POLITE,
    onWait: (ms) => void (ms >= NOTICED_MS && io.err(`The service asks to wait ${duration(ms)}.\n`)),
  });
  const out = await watchedFolder(options.out, io);
  return unlessStopped(
    learn({ baseUrl, sinceMs, agent, channel, maxRequests, scripts, seed, out }, { ...task, client }),
    'Interrupted; the same command continues from here.',
    io,
  );
}

async function fromFile(options: WorkloadOptions & { readonly from: string }, task: LearnFileTask, io: Io) {
  const { from, scripts, seed, since } = options;
  for (const flag of ['agent', 'channel'] as const) {
    if (options[flag] !== undefined) throw usageError(`--${flag} selects stored conversations, not those of a file`);
  }
  const sinceMs = since === undefined ? undefined : sinceOf(since);
  const path = resolve(io.cwd, from);
  const out = await watchedFolder(options.out, io);
  return unlessStopped(learnFile({ path, shownAs: from, sinceMs, scripts, seed, out }, task), 'Interrupted.', io);
}

async function watchedFolder(out: string, io: Io): Promise<string> {
  const { path } = await writableFolder(resolve(io.cwd, out));
  io.guard.watch(path);
  return path;
}

const DEFAULT_SINCE = '28d';
const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

function sinceOf(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([hdw])$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (UNIT_MS[unit as keyof typeof UNIT_MS] ?? 0);
  if (ms > 0 && ms <= LONGEST_MS) return ms;
  throw usageError(`--since: must be a time such as 12h, 28d or 8w, at most two years, got ${text}`);
}
