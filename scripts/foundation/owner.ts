import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A process, told apart from any other that has or had its number: on this machine, since it was started. */
export interface Owner {
  readonly pid: number;
  /** When the process began, as its system tells it. */
  readonly start: string;
  readonly host: string;
  /** Linux: which boot of the machine, and which container's numbers of processes. */
  readonly boot: string;
  readonly namespace: string;
}

/** `unknown`: on another machine or in another container, where nobody here can look. */
type Liveness = 'alive' | 'gone' | 'unknown';

let own: Promise<Owner> | undefined;

/** This process. */
export function thisProcess(): Promise<Owner> {
  own ??= describe();
  return own;
}

async function describe(): Promise<Owner> {
  const { pid } = process;
  const [start = '', boot, namespace] = await Promise.all([startOf(pid), bootId(), pidNamespace()]);
  return { pid, start, host: hostname(), boot, namespace };
}

/** Whether a process is still there. A number that was given anew to another process does not count. */
export async function livenessOf(owner: Owner): Promise<Liveness> {
  const here = await thisProcess();
  if (owner.host !== here.host) return 'unknown';
  if (owner.boot !== here.boot) return 'gone';
  if (owner.namespace !== here.namespace) return 'unknown';
  return (await startOf(owner.pid)) === owner.start ? 'alive' : 'gone';
}

/** When a process began; undefined once it is gone. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return startTicks(pid);
  const { execa } = await import('execa');
  const { stdout, failed } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    reject: false,
    stdin: 'ignore',
  });
  if (!failed) return stdout.trim();
  return isThere(pid) ? '' : undefined;
}

/** proc(5): the 22nd field of /proc/pid/stat, in ticks since boot. A zombie has ended; only its parent has not noticed. */
async function startTicks(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The command name, in parentheses, may hold spaces: fields count from behind it, where the 3rd is the first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const bootId = (): Promise<string> =>
  readFile('/proc/sys/kernel/random/boot_id', 'latin1').then(
    (text) => text.trim(),
    () => '',
  );

const pidNamespace = (): Promise<string> => readlink('/proc/self/ns/pid').catch(() => '');
