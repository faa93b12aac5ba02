import type { RunSummary } from '../../contracts/generated/baseline.ts';
import type { History } from '../../contracts/generated/history.ts';
import { random } from '../../contracts/random.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { historyOf } from '../../scripts/compare/history/history.ts';
import type { ComparisonModel } from '../../scripts/compare/report/model.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOAD = {
  scenario: 'load',
  model: 'poisson',
  rate: 2,
  concurrency: null,
  workload: 'workloads/support.jsonl',
  continuation: 'discover',
};

/** Runs of an arm, one an hour from `at` on in steps of `every`, with a p95 near `p95` ms. */
function runs(
  seed: number,
  count: number,
  { p95, at, every }: { p95: number; at: number; every: number },
): RunSummary[] {
  const draw = random(seed);
  return Array.from({ length: count }, (_, index) => {
    const factor = 1 + (draw() - 0.5) * 0.04;
    const level = (role: string, n: number, scale: number) => ({
      role,
      n,
      unfinished: 0,
      censored: false,
      p95: p95 * factor * scale,
      meanLog: Math.log(p95 * factor * scale * 0.4),
      sdLog: 0.55,
      deff: 1.1,
    });
    return {
      runId: `2026-11-${String(10 + index)}T09-00-0${seed}-load`,
      at: at + index * every,
      load: LOAD,
      levels: [level('user', 500, 1), level('agent', 80, 0.02)],
      errors: { k: 1, n: 580 },
      violations: [],
      flaw: null,
    };
  });
}

/** Eight interleaved pairs of runs; the candidate's p95 is `slower` times the baseline's. */
export function sampleComparison(slower: number): ComparisonModel {
  const start = Date.UTC(2026, 10, 10, 9);
  const baseline = runs(1, 8, { p95: 6000, at: start, every: 2 * HOUR_MS });
  const candidate = runs(2, 8, { p95: 6000 * slower, at: start + HOUR_MS, every: 2 * HOUR_MS });
  return { comparison: compareRuns(baseline, candidate), baseline, candidate };
}

/** Daily runs of which those from the 21st on are slower, and three of another load. */
export function sampleHistory(count = 30): History {
  const start = Date.UTC(2026, 10, 1, 9);
  const all = [
    ...runs(3, 20, { p95: 6000, at: start, every: DAY_MS }),
    ...runs(4, 10, { p95: 6700, at: start + 20 * DAY_MS, every: DAY_MS }),
  ].slice(0, count);
  const others = runs(5, 3, { p95: 2000, at: start, every: DAY_MS });
  return historyOf([
    ...all.map((run, index) => ({
      ...run,
      runId: `daily-${index + 1}`,
      target: 'https://api-prod.usefini.com, bot 4f5ef695-d03b-4d56-8fef-7f2bd5c17ef3',
    })),
    ...others.map((run, index) => ({ ...run, runId: `calm-${index + 1}`, load: { ...LOAD, rate: 0.5 } })),
  ]);
}
