import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { markdownTable } from 'markdown-table';
import type { Io } from '../../foundation/io.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { buildAll } from '../../k6/build/all.ts';
import { findK6, type K6 } from '../../k6/provision.ts';
import {
  BARE,
  buildContenders,
  type Contender,
  HARNESS,
  HARNESS_DISCOVERING,
  HARNESS_SINGLE,
  RUN_TIME_AJV,
} from './contenders.ts';
import { type Cost, type CostRow, costOf, loadOf } from './cost.ts';
import { median } from './quantile.ts';
import { type Target, targetsOf } from './targets.ts';
import { type DurationTruth, durationTruth, type Lateness, lateness } from './truth.ts';

/** results/bench.json. */
export interface Bench {
  readonly at: string;
  readonly machine: { readonly cpus: number; readonly model: string; readonly memoryGb: number; readonly node: string };
  readonly k6: string;
  readonly rounds: number;
  readonly costs: readonly CostRow[];
  readonly lateness: Lateness;
  readonly durations: DurationTruth;
  readonly targets: readonly Target[];
}

const CASES: readonly (readonly [Contender, concurrency: number])[] = [
  [BARE, 20],
  [HARNESS, 20],
  [BARE, 100],
  [HARNESS, 100],
  [HARNESS_SINGLE, 100],
  [RUN_TIME_AJV, 100],
  [BARE, 1_000],
  [HARNESS, 1_000],
  [HARNESS_DISCOVERING, 1_000],
  [HARNESS, 5_000],
];

/** Measures what the harness costs and how true it is, all cases interleaved in each round. Takes about three minutes a round. */
export async function bench(rounds: number, io: Io): Promise<Bench> {
  await buildAll();
  await buildContenders();
  const k6 = await findK6(io);
  // A k6 from a release or from PATH is built without what makes the harness's own quick.
  io.err(`k6 ${k6.version} (${k6.source}): ${k6.path}\n`);
  const measured = CASES.map(() => [] as Cost[]);
  for (let round = 1; round <= rounds; round++) {
    for (const [index, [contender, concurrency]] of CASES.entries()) {
      io.err(`round ${round} of ${rounds}: ${contender.name}, ${concurrency} conversations\n`);
      measured[index]?.push(await costOf(contender, loadOf(concurrency), k6, io));
    }
  }
  const costs = CASES.map(([contender, concurrency], index) => row(contender, concurrency, measured[index] ?? []));
  io.err('late starts, durations\n');
  const late = await lateness(k6, 500, 10_000, io);
  const durations = await durationTruth(k6, 5_000, io);
  const result = {
    ...circumstances(k6),
    rounds,
    costs,
    lateness: late,
    durations,
    targets: targetsOf(costs, late, durations),
  };
  const path = join(PACKAGE_ROOT, 'results', 'bench.json');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`);
  io.err(`${path}\n`);
  return result;
}

function circumstances(k6: K6): Pick<Bench, 'at' | 'machine' | 'k6'> {
  const machine = {
    cpus: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
  };
  return { at: new Date().toISOString(), machine, k6: k6.version };
}

function row(contender: Contender, concurrency: number, rounds: readonly Cost[]): CostRow {
  const of = (key: keyof Cost): number => median(rounds.map((cost) => cost[key]));
  return {
    contender: contender.name,
    concurrency,
    turns: of('turns'),
    startMs: of('startMs'),
    startCpuSeconds: of('startCpuSeconds'),
    cpuMicrosPerTurn: of('cpuMicrosPerTurn'),
    peakMemoryMb: of('peakMemoryMb'),
    rounds,
  };
}

/** The bench as two Markdown tables. */
export function renderBench({ costs, targets }: Bench): string {
  const align = ['l', 'r', 'r', 'r', 'r', 'r', 'r'];
  const head = ['', 'conversations', 'turns', 'CPU per turn, µs', 'start, ms', 'start CPU, s', 'peak memory, MB'];
  const rows = costs.map((it) => [
    it.contender,
    it.concurrency.toLocaleString('en-US'),
    it.turns.toLocaleString('en-US'),
    it.cpuMicrosPerTurn.toFixed(0),
    it.startMs.toFixed(0),
    it.startCpuSeconds.toFixed(2),
    it.peakMemoryMb.toFixed(0),
  ]);
  const judged = targets.map(({ what, observed, limit, met }) => [
    what,
    observed.toFixed(2),
    `≤ ${Number(limit.toFixed(2))}`,
    met ? 'met' : 'MISSED',
  ]);
  const targetHead = ['target', 'observed', 'limit', ''];
  return `${markdownTable([head, ...rows], { align })}\n\n${markdownTable([targetHead, ...judged], { align: ['l', 'r', 'r'] })}\n`;
}
