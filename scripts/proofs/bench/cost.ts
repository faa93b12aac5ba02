import type { Io } from '../../foundation/io.ts';
import type { K6 } from '../../k6/provision.ts';
import { benchRun } from './bench-run.ts';
import type { BenchLoad, Contender } from './contenders.ts';

/** What a load took of the machine, in k6 alone. */
export interface Cost {
  readonly turns: number;
  /** From the start of the process to the first turn that the server received. */
  readonly startMs: number;
  /** CPU until then. */
  readonly startCpuSeconds: number;
  /** CPU from then on, by turn. */
  readonly cpuMicrosPerTurn: number;
  readonly peakMemoryMb: number;
}

/** Medians over the rounds. */
export interface CostRow extends Cost {
  readonly contender: string;
  readonly concurrency: number;
  readonly rounds: readonly Cost[];
}

/** All loads offer 1,000 turns a second, so that only the number of conversations differs. */
export function loadOf(concurrency: number): BenchLoad {
  const serviceMs = concurrency;
  return { concurrency, serviceMs, durationMs: Math.max(10_000, 5 * serviceMs) };
}

export async function costOf(contender: Contender, load: BenchLoad, k6: K6, io: Io): Promise<Cost> {
  const service = { law: 'constant', meanMs: load.serviceMs };
  const { exit, samples, served } = await benchRun(
    k6,
    service,
    (target, folder) => contender.prepare(load, target, folder),
    io,
  );
  const firstAt = served[0]?.receivedAt;
  if (firstAt === undefined || exit.cpuSeconds === undefined || exit.peakMemoryBytes === undefined) {
    throw new Error('no turn was received, or this system does not tell what a process uses');
  }
  const startCpuSeconds = samples.filter(({ at }) => at <= firstAt).at(-1)?.cpuSeconds ?? 0;
  return {
    turns: served.length,
    startMs: firstAt - exit.startedAt,
    startCpuSeconds,
    cpuMicrosPerTurn: ((exit.cpuSeconds - startCpuSeconds) / served.length) * 1e6,
    peakMemoryMb: exit.peakMemoryBytes / 1e6,
  };
}
