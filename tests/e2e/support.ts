import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, inject } from 'vitest';
import type { LedgerLine, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { Result } from '../../contracts/generated/result.ts';
import {
  type ReferenceServer,
  type ReferenceServerOptions,
  startReferenceServer,
} from '../../scripts/reference-server/index.ts';

/** The command line, as Node starts it. */
export const CLI = inject('cli');

/** Registered once a file: a hook that a test itself registers would never be called. */
const closers: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A folder that is gone after the tests of this file. */
export function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), 'fini-harness-'));
  closers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A reference server for the tests of one file. */
export async function server(options: ReferenceServerOptions = {}): Promise<ReferenceServer> {
  const started = await startReferenceServer(options);
  closers.push(() => started.close());
  return started;
}

/** The environment that points the harness at a server; nothing of the machine's own configuration is in it. */
export function environmentFor({ url, botId, keys }: ReferenceServer): Record<string, string> {
  return { FINI_BASE_URL: url, FINI_BOT_ID: botId, FINI_API_KEY: keys.readWrite };
}

const CLEARED = { FINI_BASE_URL: undefined, FINI_BOT_ID: undefined, FINI_API_KEY: undefined, CI: undefined };

/** Starts the real command line; never rejects for its exit code. */
export const fini = (
  args: readonly string[],
  { env = {}, cwd }: { env?: Record<string, string | undefined>; cwd: string },
) => execa(process.execPath, [CLI, ...args], { cwd, env: { ...CLEARED, ...env }, reject: false, stdin: 'ignore' });

export function ledgerOf(folder: string): LedgerLine[] {
  const lines = readFileSync(join(folder, 'turns.ndjson'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerLine);
}

export const sentOf = (lines: readonly LedgerLine[]): Sent[] =>
  lines.filter((line): line is Sent => line.kind === 'sent');

export const settledOf = (lines: readonly LedgerLine[]): Settled[] =>
  lines.filter((line): line is Settled => line.kind === 'settled');

export const resultOf = (folder: string): Result =>
  JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;

/** A configuration file in a folder; returns its path. */
export function writeConfig(folder: string, config: unknown): string {
  const path = join(folder, 'fini-harness.config.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}

/** Far beyond what any of these conditions takes on a busy machine, and within the timeout of a test. */
const DEADLINE_MS = 120_000;

/** Gates turned off by their names. */
export const off = (...metrics: readonly string[]) => metrics.map((metric) => ({ metric, limit: 'off' }));

/** How busy this machine is is no part of a test. Turned off, the gate would leave a run with late starts invalid. */
export const BUSY = { metric: 'late.share', op: '<=', limit: 0.99 };

/** Short runs have too few turns for percentiles. */
export const SHORT = [...off('latency.p95', 'latency.p99'), BUSY];

/** One gate, which holds whatever the service does. */
export const LENIENT = [...off('latency.p95', 'latency.p99', 'errors.share', 'violations.count'), BUSY];

/** Waits until a condition holds; fails with its name where it never does. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not within ${DEADLINE_MS / 1_000} s: ${what}`);
    await setTimeout(20);
  }
}
