import type { RunSummary } from '../../contracts/generated/baseline.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

interface Made {
  readonly atMs: number;
  /** Of p95 and mean against 1 s. */
  readonly factor?: number;
  readonly overrides?: Partial<RunSummary>;
}

/** A run as a comparison knows it. */
export function run({ atMs, factor = 1, overrides = {} }: Made): RunSummary {
  // Runs differ a little, as real ones do.
  const wobble = 1 + 0.01 * Math.sin(atMs / 977);
  const level = {
    unfinished: 0,
    p95: 1_000 * factor * wobble,
    censored: false,
    meanLog: Math.log(500 * factor * wobble),
    sdLog: 0.5,
    deff: 1,
  };
  return {
    runId: `at-${atMs}`,
    at: atMs,
    load: { scenario: 'load', model: 'poisson', rate: 2, concurrency: null, workload: 'w', continuation: 'single' },
    levels: [{ role: 'user', n: 500, ...level }],
    errors: { k: 0, n: 500 },
    violations: [],
    flaw: null,
    ...overrides,
  };
}

/** Pairs that alternate by the hour: ABBA. */
export function interleaved(
  pairs: number,
  factor: number,
  overrides: Partial<RunSummary> = {},
): [RunSummary[], RunSummary[]] {
  const at = (pair: number, isSecond: boolean): number => (2 * pair + Number(isSecond)) * HOUR_MS;
  const indices = Array.from({ length: pairs }, (_, i) => i);
  return [
    indices.map((i) => run({ atMs: at(i, i % 2 === 1) })),
    indices.map((i) => run({ atMs: at(i, i % 2 === 0), factor, overrides })),
  ];
}
