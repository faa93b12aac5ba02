import { readFile } from 'node:fs/promises';

/** What a process has used so far. */
interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
}

/** Usage at a moment, epoch ms. */
export type UsageSample = ProcessUsage & { readonly at: number };

export interface UsageSampler {
  /** Ends the sampling; undefined where the system has no /proc. */
  readonly stop: () => ProcessUsage | undefined;
}

/** Often enough that little CPU is missed at the end, seldom enough to cost nothing. */
const PERIOD_MS = 100;
/** Linux shows user space 100 clock ticks a second, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

/** Samples CPU and peak resident memory of a process until told to stop: proc(5), /proc/pid/stat and VmHWM. */
export function sampleUsage(pid: number, onSample: (sample: UsageSample) => void = () => undefined): UsageSampler {
  let last: ProcessUsage | undefined;
  if (process.platform !== 'linux') return { stop: () => undefined };
  const sample = async (): Promise<void> => {
    const usage = await usageOf(pid);
    if (usage === undefined) return;
    last = usage;
    onSample({ ...usage, at: Date.now() });
  };
  const timer = setInterval(() => void sample(), PERIOD_MS);
  void sample();
  return {
    stop: () => {
      clearInterval(timer);
      return last;
    },
  };
}

/** Undefined once the process is gone. */
async function usageOf(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/status`, 'latin1'),
    ]);
    // The command name, in parentheses, may hold spaces: fields count from behind it, utime is the 12th, stime the 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peakKib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (peakKib === undefined) return undefined;
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuSeconds: ticks / TICKS_PER_SECOND, peakMemoryBytes: Number(peakKib) * 1024 };
  } catch {
    return undefined;
  }
}
