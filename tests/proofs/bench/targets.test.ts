import { expect, test } from 'vitest';
import { BARE, type Contender, HARNESS, RUN_TIME_AJV } from '../../../scripts/proofs/bench/contenders.ts';
import type { CostRow } from '../../../scripts/proofs/bench/cost.ts';
import { targetsOf } from '../../../scripts/proofs/bench/targets.ts';

const row = (contender: Contender, concurrency: number, over: Partial<CostRow> = {}): CostRow => ({
  contender: contender.name,
  concurrency,
  turns: 10_000,
  startMs: 300,
  startCpuSeconds: 0.1,
  cpuMicrosPerTurn: 100,
  peakMemoryMb: 100,
  rounds: [],
  ...over,
});
const RIVALS = [
  ...[20, 100, 1_000].map((concurrency) => row(BARE, concurrency)),
  row(RUN_TIME_AJV, 100, { cpuMicrosPerTurn: 500 }),
];
const harness = (over: Partial<CostRow>): CostRow[] =>
  [20, 100, 1_000, 5_000].map((concurrency) => row(HARNESS, concurrency, over));
const LATE = { turns: 1_000, p50: 0.5, p95: 2, p99: 9 };
const TRUE_DURATIONS = {
  turns: 5_000,
  receivedNotSent: 0,
  quantiles: [
    { q: 0.5, ledgerMs: 301, serverMs: 300 },
    { q: 0.95, ledgerMs: 1_011, serverMs: 1_000 },
  ],
};
const GOOD = { cpuMicrosPerTurn: 155, peakMemoryMb: 60 };

function missed(costs: CostRow[], late = LATE, durations = TRUE_DURATIONS): string[] {
  return targetsOf([...RIVALS, ...costs], late, durations).flatMap(({ what, met }) => (met ? [] : [what]));
}

test('all is met', () => expect(missed(harness(GOOD))).toEqual([]));

test.each([
  [{ ...GOOD, cpuMicrosPerTurn: 255 }, [/at 20$/, /at 100$/, /at 1,?000$/, /run-time Ajv/]],
  [{ ...GOOD, peakMemoryMb: 71 }, [/memory, times bare k6/]],
  [{ ...GOOD, peakMemoryMb: 501 }, [/memory, times bare k6/, /memory, MB, at 5,000/]],
  [{ ...GOOD, startMs: 2_001 }, [/start to first turn/]],
])('%j misses', (over, patterns) => {
  expect(missed(harness(over))).toEqual(patterns.map((pattern) => expect.stringMatching(pattern)));
});

test('late starts, durations off by more than 2 ms and 1%, and turns that the ledger does not know', () => {
  const off = { q: 0.99, ledgerMs: 1_013, serverMs: 1_000 };
  const durations = { turns: 5_000, receivedNotSent: 1, quantiles: [off] };
  expect(missed(harness(GOOD), { ...LATE, p95: 3.1 }, durations)).toEqual([
    expect.stringMatching(/late starts/),
    expect.stringMatching(/p99/),
    expect.stringMatching(/not in the ledger/),
  ]);
});
