import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { conversationMs } from '../plan/lanes.ts';

/** k6's own files, its event loops, and look-ups of names. */
const OF_K6 = 64;

/**
 * How many files and connections a process that this one starts may have open; infinite without a limit, undefined where the
 * system does not tell. Node has raised its soft limit to the hard one by now, and hands it on.
 */
export async function descriptorLimit(): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  const text =
    process.platform === 'linux'
      ? /^Max open files\s+(\S+)/m.exec(await readFile('/proc/self/limits', 'latin1').catch(() => ''))?.[1]
      : (await execa('sh', ['-c', 'ulimit -n'], { reject: false, stdin: 'ignore' })).stdout;
  if (text === 'unlimited') return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0 ? limit : undefined;
}

/** Descriptors that each k6 needs for a plan: one a conversation in flight, which keeps its connection, and its own. */
export interface DescriptorNeed {
  /** With answers that take as long as they usually do. */
  readonly usual: number;
  /** With answers that all come right before the timeout. */
  readonly worst: number;
}

export function descriptorNeed(plan: Plan): DescriptorNeed {
  const { model, concurrency = 1, conversations, stages, workload, continuation, thinkTime, timeoutMs } = plan;
  const { runners = 1 } = plan;
  const ofEach = (total: number): number => Math.ceil(total / runners) + OF_K6;
  if (model === 'closed') return { usual: ofEach(concurrency), worst: ofEach(concurrency) };
  const peak = Math.max(...stages.flatMap(({ from, to }) => [from, to])) / 1000;
  const inFlight = (answerMs?: number): number => {
    const lengthMs = conversationMs(workload.conversations, continuation.strategy, thinkTime, answerMs);
    return ofEach(Math.min(peak * lengthMs, conversations ?? Number.POSITIVE_INFINITY));
  };
  return { usual: inFlight(), worst: inFlight(timeoutMs) };
}
