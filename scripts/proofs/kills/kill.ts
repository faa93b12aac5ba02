import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { EXIT } from '../../foundation/exit-codes.ts';
import { CLI } from '../../foundation/package-root.ts';
import type { ReferenceServerOptions } from '../../reference-server/index.ts';
import { descendantsOf, isRunning } from '../process-tree.ts';
import { until } from '../until.ts';
import { type Remains, remainsOf } from './remains.ts';
import { type Served, serveHere, serveInChild } from './served.ts';

/** Who is killed: k6, the harness, the harness with a server that it has brought along, or the service. */
export const VICTIMS = ['k6', 'harness', 'harness-with-server', 'service'] as const;
export type Victim = (typeof VICTIMS)[number];

/** When to kill: so long after the start of k6, where that is the victim, else of the harness; or when so many turns have settled. */
export type Moment = { readonly afterMs: number } | { readonly settledTurns: number };

export interface Kill {
  readonly victim: Victim;
  readonly moment: Moment;
  /** An empty folder. */
  readonly cwd: string;
  readonly k6: string;
}

/** What a kill left. */
export interface Killed {
  /** False where there was no such process at that time. */
  readonly wasThere: boolean;
  /** Of the harness; undefined where it was killed. */
  readonly exitCode: number | undefined;
  /** Undefined where no run had begun. */
  readonly remains: Remains | undefined;
  /** What is not as it should be; empty: all is. */
  readonly wrong: readonly string[];
}

const SERVICE: ReferenceServerOptions = { service: { law: 'constant', meanMs: 80 } };
const CONFIG = {
  thinkTime: { law: 'constant', mean: '50ms' },
  timeout: '1s',
  drain: '500ms',
  breaker: { failing: 5, unreachable: 3 },
  embedded: SERVICE,
};
const OUT = 'out';
const LOAD = ['run', 'load', '--rate', '40', '--duration', '2s', '--out', OUT, '--quiet', '--no-build'];
const ANOTHER = ['run', 'smoke', '--conversations', '1', '--out', 'another', '--quiet', '--no-build'];
/** How long the kernel may take to end a process whose parent is gone. */
const GRACE_MS = 3_000;
/** The longest that a run may take that was planned for three seconds. */
const PATIENCE_MS = 40_000;

/** Runs a load, kills one of its processes by SIGKILL, and looks at what is left. Linux. */
export async function kill({ victim, moment, cwd, k6 }: Kill): Promise<Killed> {
  await writeFile(join(cwd, 'fini-harness.config.json'), JSON.stringify(CONFIG));
  const served = await serve(victim, cwd);
  const env = { ...served?.env, K6_BIN: k6, FINI_HARNESS_CACHE: join(cwd, 'cache') };
  const target = served === undefined ? ['--embedded'] : [];
  const start = (args: readonly string[]) =>
    execa(process.execPath, [CLI, ...args], { cwd, env, reject: false, stdin: 'ignore', timeout: PATIENCE_MS });
  try {
    const harness = start([...LOAD, ...target]);
    await come(moment, victim, cwd);
    const family = descendantsOf(harness.pid ?? 0);
    const pid = pidOf(victim, { harness: harness.pid, k6: family.find(({ name }) => name === 'k6')?.pid, served });
    const killedAt = Date.now();
    const wasThere = pid !== undefined && isRunning(pid) && process.kill(pid, 'SIGKILL');
    const { exitCode, timedOut } = await harness;
    const left = await survivors(family.map((one) => one.pid));
    const remains = await remainsOf(join(cwd, OUT), { killedAt, served, report: () => start(['report', OUT]) });
    const again = victim === 'service' ? undefined : (await start([...ANOTHER, ...target])).exitCode;
    const wrong = [
      ...(timedOut ? ['the harness did not end'] : []),
      ...left.map((one) => `process ${one} is left`),
      ...(wasThere ? exitCodeComplaints(victim, exitCode) : []),
      ...(remains?.wrong ?? []),
      ...(again === undefined || again === EXIT.pass ? [] : [`the next run ended with exit code ${again}`]),
    ];
    return { wasThere, exitCode, remains, wrong };
  } finally {
    await served?.close();
  }
}

async function come(moment: Moment, victim: Victim, cwd: string): Promise<void> {
  const ledger = join(cwd, OUT, 'turns.ndjson');
  if ('settledTurns' in moment) {
    await until(async () => (await settledIn(ledger)) >= moment.settledTurns, PATIENCE_MS);
    return;
  }
  // k6 makes the ledger when it starts a plan; a k6 that is only asked for its version does not.
  if (victim === 'k6') await until(() => existsSync(ledger), PATIENCE_MS);
  await delay(moment.afterMs);
}

async function settledIn(ledger: string): Promise<number> {
  const text = await readFile(ledger, 'utf8').catch(() => '');
  return text.split('"kind":"settled"').length - 1;
}

function serve(victim: Victim, cwd: string): Promise<Served> | undefined {
  if (victim === 'harness-with-server') return undefined;
  return victim === 'service' ? serveInChild(cwd, SERVICE) : serveHere(SERVICE);
}

function pidOf(
  victim: Victim,
  { harness, k6, served }: { harness: number | undefined; k6: number | undefined; served: Served | undefined },
): number | undefined {
  if (victim === 'k6') return k6;
  return victim === 'service' ? served?.pid : harness;
}

/** A dead k6 is the harness's own trouble; a dead service is not. */
function exitCodeComplaints(victim: Victim, exitCode: number | undefined): string[] {
  const told = `exit code ${exitCode} after the end of the ${victim}`;
  if (victim === 'k6') return exitCode === EXIT.harnessFault ? [] : [told];
  const fine: readonly (number | undefined)[] = [EXIT.pass, EXIT.gateFailed, EXIT.noEvidence, EXIT.unreachable];
  return victim !== 'service' || fine.includes(exitCode) ? [] : [told];
}

/** Those of these processes that still run a while later. */
async function survivors(pids: readonly number[]): Promise<number[]> {
  const deadline = Date.now() + GRACE_MS;
  for (;;) {
    const left = pids.filter(isRunning);
    if (left.length === 0 || Date.now() > deadline) return left;
    await delay(20);
  }
}
