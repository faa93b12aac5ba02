import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import { clocksApart } from '../../../scripts/analysis/metrics/runners.ts';
import { analyseLedgers, laneLines, plan, spread } from '../made-run.ts';

const PLAN = plan([], { lanes: 2, runners: 2 });

/** The ledger of a runner with one lane whose clock is `slowMs` behind the service's. */
function runner(number: 1 | 2, slowMs = 0): LedgerLine[] {
  const lane = number - 1;
  const turns = spread(60, (i) => ({ conversation: 2 * i + lane, durationMs: 100 }));
  return laneLines(turns, lane).map((line) => {
    if (line.kind === 'lane-start') return { ...line, runner: number };
    if (line.kind !== 'settled') return line;
    // Created 10 ms after the turn arrived, and 10 ms before its answer did.
    const createdAt = [line.settledAt - 90, line.settledAt - 10].map((at) => at + slowMs);
    return {
      ...line,
      events: createdAt.map((at, index) => ({
        id: `${line.conversation}.${index}`,
        role: 'user',
        createdAt: at,
        chars: 1,
      })),
    };
  });
}

const codes = ({ problems }: { problems: readonly { code: string; severity: string }[] }) =>
  problems.map(({ code, severity }) => `${severity} ${code}`);

describe('runners of one plan', () => {
  it('have a row each: lanes, turns, readiness, and the bounds of their clocks', async () => {
    const { result } = await analyseLedgers(PLAN, [runner(1), runner(2, 3)]);
    const same = { lanes: 1, sent: 60, cut: 0, late: 0, lateMs: { p95: 0, max: 0 }, readyMs: 1_000 };
    expect(result.runners).toEqual([
      { runner: 1, ...same, clockMs: { lower: -10, upper: 10 } },
      { runner: 2, ...same, clockMs: { lower: -7, upper: 13 } },
    ]);
    expect(codes(result)).toEqual([]);
  });

  it.each([
    ['that differ somewhat are a notice', 120, 'notice clocks-differ', 100],
    ['that differ by seconds make the run invalid', -5_000, 'invalid clocks-differ', 4_980],
  ])('clocks %s', async (_, slowMs, code, count) => {
    const { result } = await analyseLedgers(PLAN, [runner(1), runner(2, slowMs)]);
    expect(codes(result)).toEqual([code]);
    expect(result.problems[0]?.count).toBe(count);
  });

  it('a single answer with a wrong time says nothing of a clock', async () => {
    const [first, ...rest] = runner(2).filter(({ kind }) => kind === 'settled');
    const wrong = { ...first, events: [{ id: 'x', role: 'user', createdAt: 0, chars: 1 }] } as LedgerLine;
    const others = runner(2).filter(({ kind }) => kind !== 'settled');
    const { result } = await analyseLedgers(PLAN, [runner(1), [...others, wrong, ...rest]]);
    expect(codes(result)).toEqual([]);
  });

  it('one that left no ledger makes the run incomplete, by name', async () => {
    const { result } = await analyseLedgers(PLAN, [runner(1)]);
    expect(result.problems[0]).toEqual({ code: 'runner-missing', severity: 'incomplete', count: 1, detail: '2' });
    expect(result.runners?.[1]).toMatchObject({ runner: 2, lanes: 0, sent: 0, readyMs: null, clockMs: null });
    expect(result).toMatchObject({ complete: false, exitCode: 1 });
  });

  it('one runner has no table', async () => {
    const { result } = await analyseLedgers(plan([], { lanes: 1 }), [laneLines(spread(5))]);
    expect(result.runners).toBeUndefined();
  });
});

it('clocks whose bounds overlap may agree', () => {
  const row = { runner: 1, lanes: 1, sent: 1, cut: 0, late: 0, lateMs: { p95: 0, max: 0 }, readyMs: 1 };
  const clock = (lower: number, upper: number) => ({ ...row, clockMs: { lower, upper } });
  expect(clocksApart([clock(0, 10), clock(10, 20)])).toBe(0);
  expect(clocksApart([clock(0, 10), clock(11, 20), { ...row, clockMs: null }])).toBe(1);
  expect(clocksApart()).toBe(0);
});
