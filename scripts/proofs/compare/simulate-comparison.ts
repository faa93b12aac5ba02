import type { GateSummary, RunSummary } from '../../../contracts/generated/baseline.ts';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { type Random, random } from '../../../contracts/random.ts';
import { levelOf } from '../../analysis/metrics/latency.ts';
import { estimate, percentile, type Ranked, rank } from '../../analysis/metrics/percentile.ts';
import { FATE } from '../../analysis/metrics/sample.ts';
import { compareRuns } from '../../compare/compare-runs.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';
import { queueRun } from '../bench/queue-run.ts';
import { lognormalService, type Service } from './services.ts';

/** What a simulated comparison is of. */
export interface Setting {
  /** 0: one run against one, on different days. */
  readonly pairs: number;
  readonly turnsPerRun: number;
  /** A look after each pair, until it is decided. */
  readonly inStages?: boolean;
  /** Load as a share of what the service can do. */
  readonly rho: number;
  /** Standard deviation of the logarithm of a run's mean service time over runs. */
  readonly noise: number;
  readonly baseline?: Service;
  readonly candidate?: Service;
  /** Limits of gates on p95, in ms. */
  readonly gates?: readonly number[];
}

const SERVERS = 8;
export const MEAN_MS = 3_000;
const WARM_UP = 60;
const RUN_MS = 600_000;
export const TIMEOUT_MS = 60_000;

/** Runs of a service M/G/8, each pair on one schedule, through the comparison itself; interleaved ABBA. */
export function simulateComparison(setting: Setting, seed: number): Comparison {
  const runs: Record<Arm, RunSummary[]> = { A: [], B: [] };
  const stages = setting.inStages === true ? { pairs: setting.pairs } : undefined;
  const compare = (): Comparison => compareRuns(runs.A, runs.B, undefined, stages);
  for (let pair = 0; pair < Math.max(1, setting.pairs); pair++) {
    const arms: readonly Arm[] = pair % 2 === 0 ? ['A', 'B'] : ['B', 'A'];
    for (const [position, arm] of arms.entries()) {
      const at = (2 * pair + position) * RUN_MS;
      runs[arm].push(summarise(`${arm}${pair}`, at, simulateRun(setting, arm, [seed, pair]), setting.gates ?? []));
    }
    if (stages === undefined) continue;
    const comparison = compare();
    if (comparison.outcome !== 'inconclusive') return comparison;
  }
  return compare();
}

type Arm = 'A' | 'B';

interface SimulatedRun {
  readonly ranked: Ranked;
  /** Turns without a 200: failed at once, or timed out. */
  readonly failures: number;
  readonly turns: number;
}

function simulateRun(setting: Setting, arm: Arm, seeds: readonly [number, number]): SimulatedRun {
  const { turnsPerRun, rho, noise } = setting;
  const service = (arm === 'A' ? setting.baseline : setting.candidate) ?? {};
  const services = random(...seeds, arm === 'A' ? 1 : 2);
  // What is sent is the same in both runs of a pair.
  const law = (service.law ?? lognormalService(MEAN_MS))(random(...seeds, 3));
  const factor = Math.exp(noise * normalDraw(services));
  const queue = {
    servers: SERVERS,
    rate: (rho * SERVERS * 1000) / MEAN_MS,
    service: (draw: Random) => law(draw) * factor,
  };
  const all = queueRun(queue, turnsPerRun, WARM_UP, random(...seeds), services);
  const kept = all.filter(() => services() >= (service.failing ?? 0));
  const hangs = kept.map((ms) => Number(ms > TIMEOUT_MS || services() < (service.hanging ?? 0)));
  const ms = kept.map((each, i) => (hangs[i] === 1 ? TIMEOUT_MS : each));
  const fate = Uint8Array.from(hangs, (each) => (each === 1 ? FATE.gaveUp : FATE.answered));
  const unfinished = hangs.reduce((sum, each) => sum + each, 0);
  const ranked = rank({ ms, fate, late: new Float64Array(ms.length) });
  return { ranked, failures: all.length - kept.length + unfinished, turns: all.length };
}

function summarise(runId: string, at: number, run: SimulatedRun, gates: readonly number[]): RunSummary {
  const p95 = percentile(run.ranked, 0.95);
  const level = levelOf(run.ranked);
  return {
    runId,
    at,
    load: { scenario: 'load', model: 'poisson', rate: 1, concurrency: null, workload: 'made', continuation: 'single' },
    levels: [{ role: 'user', ...level, deff: level.n / p95.nEffective }],
    errors: { k: run.failures, n: run.turns },
    gates: gates.map((limit): GateSummary => {
      const { value, lower, upper } = estimate(p95, 1);
      const verdict = p95.worst.point < limit ? 'pass' : 'fail';
      return { metric: 'latency.p95', op: '<', limit, value, lower, upper, verdict };
    }),
    violations: [],
    flaw: null,
  };
}
