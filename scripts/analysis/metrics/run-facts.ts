import type { Problem } from '../../../contracts/generated/result.ts';

/** What only the process that ran k6 knows; a result rebuilt from ledgers is without it. */
export interface RunFacts {
  /** Version of k6. */
  readonly k6?: string;
  /** The user ended the run. */
  readonly interrupted?: boolean;
  /** CPU that k6 used, as a share of all cores. */
  readonly cpuShare?: number;
  readonly peakMemoryBytes?: number;
  /** What the runner saw go wrong: k6 ended by a signal, the disk was full. */
  readonly problems?: readonly Problem[];
  /** Of each runner, where a run has several; `cpuShare` and `peakMemoryBytes` are then their sums. */
  readonly runners?: readonly RunnerFacts[];
}

export interface RunnerFacts extends Pick<RunFacts, 'cpuShare' | 'peakMemoryBytes'> {
  readonly runner: number;
}
