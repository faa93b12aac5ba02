import type { RunSummary } from '../../../contracts/generated/baseline.ts';
import { type Random, random } from '../../../contracts/random.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';

/** How runs of one level scatter, as the logarithm of latency. */
export type Scatter = (draw: Random, before: number) => number;

/** Stored runs of a service that changes once, or never. */
export interface Setting {
  readonly runs: number;
  /** Runs after the change; 0: there is none. */
  readonly after: number;
  /** Factor of the latencies after the change. */
  readonly slower: number;
  /** Probability that a turn fails before the change, and after it. */
  readonly errors: readonly [number, number];
  readonly scatter: Scatter;
}

const SD = 0.05;
const TURNS = 500;
const DAY_MS = 86_400_000;

/** All have a standard deviation of about 5 %, which a p95 of 500 turns has by itself. */
export const SCATTERS = {
  normal: (draw) => SD * normalDraw(draw),
  /** One run in twenty is 30 % slower. */
  outliers: (draw) => SD * normalDraw(draw) + (draw() < 0.05 ? Math.log(1.3) : 0),
  /** A run resembles the one before it: autocorrelation 0.3. */
  correlated: (draw, before) => 0.3 * before + SD * Math.sqrt(1 - 0.3 ** 2) * normalDraw(draw),
} as const satisfies Record<string, Scatter>;

/** Summaries of daily runs; the same seed gives the same. */
export function madeHistory({ runs, after, slower, errors, scatter }: Setting, seed: number): RunSummary[] {
  const draw = random(seed, runs, after);
  let before = 0;
  return Array.from({ length: runs }, (_, index) => {
    const isAfter = index >= runs - after;
    before = scatter(draw, before);
    // The mean of a run is known better than its p95, and moves with it.
    const log = before + (isAfter ? Math.log(slower) : 0);
    const failing = isAfter ? errors[1] : errors[0];
    let k = 0;
    for (let turn = 0; turn < TURNS; turn += 1) if (draw() < failing) k += 1;
    const level = {
      n: TURNS,
      p95: 6_000 * Math.exp(log),
      meanLog: Math.log(2_500) + log * 0.6 + 0.02 * normalDraw(draw),
    };
    return {
      runId: `run-${index}`,
      at: index * DAY_MS,
      target: 'made',
      load: {
        scenario: 'load',
        model: 'poisson',
        rate: 2,
        concurrency: null,
        workload: 'made',
        continuation: 'single',
      },
      levels: [{ role: 'user', ...level, unfinished: 0, censored: false, sdLog: 0.55, deff: 1 }],
      errors: { k, n: TURNS },
      violations: [],
      flaw: null,
    };
  });
}
