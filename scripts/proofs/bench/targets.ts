import { BARE, HARNESS, RUN_TIME_AJV } from './contenders.ts';
import type { CostRow } from './cost.ts';
import type { DurationTruth, Lateness } from './truth.ts';

/** Something that the harness must reach, and what was measured. */
export interface Target {
  readonly what: string;
  readonly limit: number;
  readonly observed: number;
  readonly met: boolean;
}

/** What CONTRIBUTING.md promises of the harness's own cost and precision. */
export function targetsOf(costs: readonly CostRow[], late: Lateness, truth: DurationTruth): Target[] {
  const find = (name: string, concurrency: number): CostRow => {
    const row = costs.find((it) => it.contender === name && it.concurrency === concurrency);
    if (row === undefined) throw new Error(`no measurement of ${name} at ${concurrency}`);
    return row;
  };
  const cpu = (a: CostRow, b: CostRow): number => a.cpuMicrosPerTurn / b.cpuMicrosPerTurn;
  // What compiling at run time costs, it costs at the start: in every VU.
  const wholeCpu = (row: CostRow): number => row.cpuMicrosPerTurn + (row.startCpuSeconds * 1e6) / row.turns;
  const thousand = find(HARNESS.name, 1_000);
  const memoryShare = thousand.peakMemoryMb / find(BARE.name, 1_000).peakMemoryMb;
  return [
    ...[20, 100, 1_000].map((n) =>
      target(`CPU per turn, times bare k6, at ${n}`, cpu(find(HARNESS.name, n), find(BARE.name, n)), 1.6),
    ),
    target(
      'CPU per turn with the start, times run-time Ajv, at 100',
      wholeCpu(find(HARNESS.name, 100)) / wholeCpu(find(RUN_TIME_AJV.name, 100)),
      0.5,
    ),
    target('start to first turn, s, at 1,000', thousand.startMs / 1_000, 2),
    target('peak memory, times bare k6, at 1,000', memoryShare, 0.7),
    target('peak memory, MB, at 5,000', find(HARNESS.name, 5_000).peakMemoryMb, 500),
    target('late starts at 500 arrivals/s, p95, ms', late.p95, 3),
    ...truth.quantiles.map(({ q, ledgerMs, serverMs }) =>
      target(`duration against the server's, p${q * 100}, ms`, Math.abs(ledgerMs - serverMs), 2 + 0.01 * serverMs),
    ),
    target('turns received but not in the ledger', truth.receivedNotSent, 0),
  ];
}

const target = (what: string, observed: number, limit: number): Target => ({
  what,
  limit,
  observed,
  met: observed <= limit,
});
