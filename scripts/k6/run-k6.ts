import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { onExit } from 'signal-exit';
import { HarnessError } from '../foundation/errors.ts';
import { EXIT } from '../foundation/exit-codes.ts';
import { PACKAGE_ROOT } from '../foundation/package-root.ts';
import { INSISTING_SIGNALS } from '../foundation/stop-signals.ts';
import { bytes } from '../foundation/text/format.ts';
import { type K6End, k6End } from './k6-end.ts';
import { k6Environment } from './k6-environment.ts';
import { memoryLimit } from './memory-limit.ts';
import { dieWithParent } from './parent-death.ts';
import { sampleUsage, type UsageSample } from './process-usage.ts';

export interface K6Run {
  /** The k6 to run. */
  readonly k6: string;
  /** The scenario's bundle. */
  readonly bundle: string;
  readonly cwd: string;
  /** The file that k6's console writes. */
  readonly ledger: string;
  /** k6's environment, FINI_* included; inherited K6_* variables are taken out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flags that `checkPassthrough` let pass. */
  readonly args: readonly string[];
  /** Aborted: k6 gets SIGINT and ends its run in order. */
  readonly signal: AbortSignal;
  readonly onStderr?: (line: string) => void;
  /** What it has used so far, several times a second, where the system tells. */
  readonly onUsage?: (sample: UsageSample) => void;
  /** k6 is killed when it uses more; by default most of this machine's. */
  readonly mostMemoryBytes?: number;
}

export interface K6Exit {
  readonly end: K6End;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** The last lines that k6 wrote there. */
  readonly stderr: string;
  /** Undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
  readonly peakMemoryBytes: number | undefined;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly endedAt: number;
}

const STDERR_LINES = 100;
/** How long k6 may take to end in order after SIGINT. */
const PATIENCE_MS = 20_000;
/** The shells' exit code for a command that cannot be run. */
const NOT_STARTED = 127;
/** logrus says so when a line cannot be written; k6 itself goes on, and exits 0. */
const LEDGER_LOST = 'Failed to write to log';
/** k6 would read options, the load among them, from the user's own configuration file. */
const NO_OPTIONS = join(PACKAGE_ROOT, 'tools', 'k6', 'config.json');

/**
 * Runs k6 once, to its end. It is in a process group of its own, so that Ctrl-C reaches only the harness, which passes
 * it on once; a second signal to stop kills k6. When the harness dies, k6 dies with it (by SIGKILL: on Linux only).
 * Never throws for what k6 does.
 */
export async function runK6(run: K6Run): Promise<K6Exit> {
  const [file, ...args] = [...(await dieWithParent()), run.k6, ...k6Arguments(run)];
  if (run.signal.aborted) throw new HarnessError(EXIT.interrupted, 'interrupted before the first turn');
  const startedAt = Date.now();
  const k6 = execa(file ?? run.k6, args, {
    cwd: run.cwd,
    env: k6Environment(run.env),
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
  });
  const kill = (signal: NodeJS.Signals): boolean => k6.kill(signal);
  const stop = stopper(kill, run.signal);
  const said = listen(k6.stderr, kill, run.onStderr);
  const usage = k6.pid === undefined ? undefined : sampleUsage(k6.pid, limited(run, kill, said.tail));
  const { exitCode: status, signal, shortMessage } = await k6;
  const used = usage?.stop();
  stop.dispose();
  const exitCode = k6.pid === undefined ? NOT_STARTED : status;
  return {
    end: k6End({ exitCode, signal, stopped: stop.asked(), ledgerLost: said.ledgerLost() }),
    exitCode,
    signal,
    stderr: k6.pid === undefined ? (shortMessage ?? '') : said.tail.join('\n'),
    cpuSeconds: used?.cpuSeconds,
    peakMemoryBytes: used?.peakMemoryBytes,
    startedAt,
    endedAt: Date.now(),
  };
}

/** Passes samples on, and kills k6 at the limit of memory. */
function limited(
  { onUsage, mostMemoryBytes = memoryLimit() }: Pick<K6Run, 'onUsage' | 'mostMemoryBytes'>,
  kill: (signal: NodeJS.Signals) => boolean,
  said: string[],
): (sample: UsageSample) => void {
  return (sample) => {
    onUsage?.(sample);
    if (sample.peakMemoryBytes <= mostMemoryBytes) return;
    said.push(`the harness ended k6 because it used ${bytes(sample.peakMemoryBytes)} of memory: answers are too long`);
    kill('SIGKILL');
  };
}

/** What k6 is started with. */
export function k6Arguments({ ledger, args, bundle }: Pick<K6Run, 'ledger' | 'args' | 'bundle'>): string[] {
  const log = ['--log-format', 'raw', '--console-output', ledger];
  const quiet = ['--quiet', '--no-color', '--no-usage-report'];
  return ['run', '--config', NO_OPTIONS, '--address', '', ...log, ...quiet, ...args, bundle];
}

/** The first request to stop sends SIGINT, and after a while SIGKILL; any further one, and the end of the harness, SIGKILL. */
function stopper(
  kill: (signal: NodeJS.Signals) => boolean,
  asked: AbortSignal,
): { asked: () => boolean; dispose: () => void } {
  const murder = (): void => void kill('SIGKILL');
  let patience: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    kill('SIGINT');
    patience = setTimeout(murder, PATIENCE_MS);
    for (const signal of INSISTING_SIGNALS) process.on(signal, murder);
  };
  asked.addEventListener('abort', interrupt, { once: true });
  const forget = onExit(murder);
  return {
    asked: () => asked.aborted,
    dispose: () => {
      clearTimeout(patience);
      asked.removeEventListener('abort', interrupt);
      for (const signal of INSISTING_SIGNALS) process.off(signal, murder);
      forget();
    },
  };
}

/** Keeps the last lines of k6's stderr, and ends k6 when it says that the ledger is lost: what it sends now is lost too. */
function listen(
  stderr: Readable,
  kill: (signal: NodeJS.Signals) => boolean,
  onLine: (line: string) => void = () => undefined,
): { tail: string[]; ledgerLost: () => boolean } {
  const tail: string[] = [];
  let ledgerLost = false;
  createInterface({ input: stderr }).on('line', (line) => {
    tail.push(line);
    if (tail.length > STDERR_LINES) tail.shift();
    if (line.startsWith(LEDGER_LOST) && !ledgerLost) {
      ledgerLost = true;
      kill('SIGKILL');
    }
    onLine(line);
  });
  return { tail, ledgerLost: () => ledgerLost };
}
