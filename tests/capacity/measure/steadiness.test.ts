import { describe, expect, it } from 'vitest';
import { random } from '../../../contracts/random.ts';
import { steadinessWarnings } from '../../../scripts/capacity/judge/steadiness-warnings.ts';
import type { Level } from '../../../scripts/capacity/measure/level.ts';
import type { RungTurn } from '../../../scripts/capacity/measure/rung.ts';
import { steadinessOf } from '../../../scripts/capacity/measure/steadiness.ts';
import { unitPoisson } from '../../../scripts/capacity/model/queue.ts';

const COUNTS = Array.from({ length: 60 }, () => 3);
const view = { skip: 20, aborted: false, counts: COUNTS };

/** Poisson turns at 2/s that take 1.5 s each in the mean. */
function turns(change: (turn: RungTurn, index: number) => RungTurn = (turn) => turn, count = 320): RungTurn[] {
  const draw = random(5, 1);
  return Array.from(unitPoisson(count, random(5, 2)), (at, index) => {
    const [atMs, latencyMs] = [at * 500, 500 + 2_000 * draw()];
    const turn = { atMs, latencyMs, outcome: 'answered', status: 200, settledMs: atMs + latencyMs + 2 } as const;
    return change(turn, index);
  });
}

const broken = (list: RungTurn[]): boolean => {
  const { little } = steadinessOf(list, view);
  return little !== null && little.difference > little.tolerance;
};

describe("Little's law of a level", () => {
  it('holds where stamps and latencies agree', () => {
    const { little } = steadinessOf(turns(), view);
    expect(little?.inFlight).toBeGreaterThan(2.5);
    expect(little?.inFlight).toBeLessThan(3.5);
    expect(broken(turns())).toBe(false);
  });

  it.each<[string, (turn: RungTurn, index: number) => RungTurn]>([
    [
      '2 % of the answers are missing from the ledger',
      ({ settledMs: _, ...turn }, index) =>
        index % 50 === 0
          ? { ...turn, outcome: 'failed', status: 0 }
          : { ...turn, settledMs: turn.atMs + turn.latencyMs },
    ],
    ['latencies count from a late start', (turn) => ({ ...turn, latencyMs: turn.latencyMs - 200 })],
    ['the clock runs 10 % fast', (turn) => ({ ...turn, settledMs: turn.atMs + 1.1 * turn.latencyMs })],
  ])('breaks where %s', (_, change) => {
    expect(broken(turns(change))).toBe(true);
  });

  it('is not asked of a level that ended early', () => {
    expect(steadinessOf(turns(), { ...view, aborted: true }).little).toBeNull();
    expect(steadinessOf([], { ...view, skip: 0 })).toMatchObject({ little: null, inFlightSlope: 0, mser: null });
  });
});

describe('the steady state of a level', () => {
  it('is seen by MSER-5, and missed where latencies fall in two steps', () => {
    expect(steadinessOf(turns(), view).mser).toBeLessThan(0.4);
    const late = turns((turn, index) => (index < 165 ? { ...turn, latencyMs: turn.latencyMs + 9_000 } : turn));
    expect(steadinessOf(late, view).mser).toBeGreaterThan(0.4);
    expect(steadinessOf(turns(undefined, 100), view).mser).toBeNull();
  });

  it('has the slope of turns in flight in turns a second', () => {
    const list = turns();
    const seconds = ((list.at(-1)?.atMs ?? 0) - (list[20]?.atMs ?? 0)) / 1000;
    const growing = COUNTS.map((_, index) => (index * seconds) / 60);
    expect(steadinessOf(list, { ...view, counts: growing }).inFlightSlope).toBeCloseTo(1, 9);
    expect(steadinessOf(list, view).inFlightSlope).toBeCloseTo(0, 9);
  });
});

describe('steadinessWarnings', () => {
  const level = (rate: number, list: RungTurn[]): Level => ({ rate, steadiness: steadinessOf(list, view) }) as Level;
  const late = turns((turn, index) =>
    index < 165 ? { ...turn, latencyMs: turn.latencyMs + 9_000, settledMs: turn.atMs + turn.latencyMs + 9_000 } : turn,
  );

  it('names the rates at which the law breaks', () => {
    const fast = turns((turn) => ({ ...turn, settledMs: turn.atMs + 1.2 * turn.latencyMs }));
    const warned = steadinessWarnings({ levels: [level(1, turns()), level(2, fast)], certified: 3 });
    expect(warned).toEqual([{ code: 'little-mismatch', rates: [2] }]);
    expect(steadinessWarnings({ levels: [level(1, turns())], certified: 3 })).toEqual([]);
  });

  it('warns where half of the levels that are promised have no steady state', () => {
    const warned = (certified: number) =>
      steadinessWarnings({ levels: [level(1, late), level(2, late), level(3, turns())], certified });
    expect(warned(3)).toEqual([{ code: 'no-steady-state', count: 2, levels: 3 }]);
    expect(warned(1)).toEqual([]);
  });
});
