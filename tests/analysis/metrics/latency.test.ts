import { describe, expect, it } from 'vitest';
import { analyseLedgers, type MadeTurn, plan, spread, turnLines, ZERO } from '../made-run.ts';
import { measuredRow, resultOf } from '../valid-result.ts';

describe('latency', () => {
  it.each<[string, Partial<MadeTurn>, 'poisson' | 'closed', number]>([
    ['open: late start, connecting and answer', { lateMs: 30, connectMs: 5, durationMs: 100 }, 'poisson', 135],
    ['open: a start before its time counts as on time', { lateMs: -0.7, durationMs: 100 }, 'poisson', 100],
    ['closed: connecting and answer only', { lateMs: 30, connectMs: 5, durationMs: 100 }, 'closed', 105],
  ])('%s', async (_, turn, model, expected) => {
    const result = await resultOf([turn], plan([], { model }));
    expect(measuredRow(result)?.max).toBe(expected);
  });

  it('is of measured stages only, by intended start', async () => {
    const result = await resultOf([
      { conversation: 0, atMs: 999, durationMs: 5_000 },
      { conversation: 1, atMs: 1_000, durationMs: 10 },
      { conversation: 2, atMs: 60_999, durationMs: 20 },
      { conversation: 3, atMs: 61_000, durationMs: 5_000 },
    ]);
    expect(measuredRow(result)).toMatchObject({ n: 2, max: 20, mean: 15 });
    expect(result.latency.map(({ stage, n }) => [stage, n])).toEqual([
      ['measured', 2],
      ['warm-up', 1],
      ['steady', 2],
      ['drain', 1],
    ]);
    expect(result.counts.measured).toBe(2);
  });

  it('keeps roles apart and judges user turns', async () => {
    const result = await resultOf([
      { conversation: 0, durationMs: 10 },
      { conversation: 1, role: 'agent', durationMs: 900 },
    ]);
    expect(result.latency.map(({ role, stage, max }) => [role, stage, max])).toEqual([
      ['user', 'measured', 10],
      ['user', 'steady', 10],
      ['agent', 'measured', 900],
      ['agent', 'steady', 900],
    ]);
    expect(result.counts).toMatchObject({ sent: 2, userTurns: 1, measured: 1 });
  });

  it('waits for turns that were cut at least as long as the ledger saw them open', async () => {
    const { result } = await analyseLedgers(plan(), [
      [
        { kind: 'lane-start', lane: 0, at: ZERO, startAt: ZERO, runId: 'run-1' },
        ...turnLines({ conversation: 0, atMs: 2_000, outcome: 'absent' }),
        ...turnLines({ conversation: 1, atMs: 5_000, durationMs: 4_000 }),
      ],
    ]);
    expect(result.slowest?.[0]).toMatchObject({ conversation: 0, outcome: 'cut', latencyMs: 7_000 });
    expect(measuredRow(result)).toMatchObject({ n: 2, censored: 1, max: 4_000 });
  });
});

describe('levels', () => {
  it('are of all measured turns but failed ones, by role, in logarithms', async () => {
    const result = await resultOf(
      [
        { conversation: 0, durationMs: 100 },
        { conversation: 1, durationMs: 10_000 },
        { conversation: 2, durationMs: 5, status: 500 },
        { conversation: 3, durationMs: 5, atMs: 0 },
      ],
      // Beyond every gate, and counted all the same.
      plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]),
    );
    expect(result.levels).toEqual([
      {
        role: 'user',
        n: 2,
        unfinished: 0,
        p95: null,
        censored: false,
        meanLog: expect.closeTo(Math.log(1_000), 5),
        sdLog: expect.closeTo(Math.log(100) / Math.SQRT2, 5),
      },
    ]);
    expect(measuredRow(result)).toMatchObject({ n: 2, failed: 1 });
  });

  it('have the p95 of the gates: at least the longest watch, where it falls among turns that never ended', async () => {
    const of = (share: number) =>
      spread(100, (i) => (i % 10 < share ? { outcome: 'timed-out', durationMs: 20_000 } : { durationMs: 1_000 }));
    for (const [share, censored] of [
      [0, false],
      [1, true],
    ] as const) {
      const result = await resultOf(of(share), plan([{ metric: 'latency.p95', op: '<', limit: 8_000 }]));
      const [level] = result.levels ?? [];
      expect(level).toMatchObject({ n: 100, unfinished: share * 10, censored, p95: censored ? 20_000 : 1_000 });
      expect(level?.p95).toBe(result.gates[0]?.observed.value);
      expect(level?.p95).toBe(measuredRow(result)?.p95.value);
    }
  });

  it('are not known of fewer turns than a p95 needs', async () => {
    for (const [turns, p95] of [
      [58, null],
      [59, 100],
    ] as const) {
      expect((await resultOf(spread(turns))).levels?.[0]?.p95).toBe(p95);
    }
  });
});
