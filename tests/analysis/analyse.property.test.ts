import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../../contracts/generated/plan.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan, VIOLATION } from './made-run.ts';

const gates: Gate[] = [
  { metric: 'latency.p50', op: '<', limit: 1_000 },
  { metric: 'latency.p90', op: '<', limit: 2_000 },
  { metric: 'latency.p95', op: '<', limit: 3_000 },
  { metric: 'errors.share', op: '<=', limit: 0.05 },
  { metric: 'goodput.share', op: '>=', limit: 0.9 },
  { metric: 'violations.count', op: '==', limit: 0 },
];

/** Each analysis costs a database, so few of them, each of many turns. */
const RUNS = { numRuns: 12 };

const turn: fc.Arbitrary<MadeTurn> = fc.record({
  atMs: fc.integer({ min: 0, max: 62_000 }),
  durationMs: fc.integer({ min: 0, max: 4_000 }),
  lateMs: fc.constantFrom(0, 0, 0, 10),
  role: fc.constantFrom('user' as const, 'user' as const, 'agent' as const),
  outcome: fc.constantFrom(
    ...Array<'answered'>(20).fill('answered'),
    'timed-out' as const,
    'lost' as const,
    'unsent' as const,
  ),
  status: fc.constantFrom(...Array<number>(20).fill(200), 500),
  violations: fc.constantFrom(...Array<[]>(20).fill([]), [VIOLATION]),
});
const turns = fc
  .array(turn, { minLength: 1, maxLength: 120 })
  .map((each) => each.map((made, conversation) => ({ ...made, conversation })));

describe('analyse', () => {
  it('tells the same of a ledger however its lines are ordered and split', async () => {
    await fc.assert(
      fc.asyncProperty(turns, fc.infiniteStream(fc.nat()), async (made, draws) => {
        const lines = laneLines(made);
        const keyed = lines.map((line) => ({ line, key: draws.next().value as number }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ line }) => line);
        const cut = (draws.next().value as number) % (lines.length + 1);
        const whole = await analyseLedgers(plan(gates), [lines]);
        const split = await analyseLedgers(plan(gates), [shuffled.slice(0, cut), shuffled.slice(cut)]);
        expect(split).toEqual(whole);
      }),
      RUNS,
    );
  });

  it('never passes a gate for want of a line', async () => {
    await fc.assert(
      fc.asyncProperty(turns, fc.nat(), async (made, pick) => {
        const lines = laneLines(made);
        const dropped = pick % lines.length;
        const { result: whole } = await analyseLedgers(plan(gates), [lines]);
        const { result: short } = await analyseLedgers(plan(gates), [lines.filter((_, i) => i !== dropped)]);
        expect(short.complete).toBe(false);
        expect(short.verdict).not.toBe('pass');
        for (const [i, { metric, verdict }] of short.gates.entries()) {
          if (verdict === 'pass') expect([metric, whole.gates[i]?.verdict]).toEqual([metric, 'pass']);
        }
      }),
      { ...RUNS, numRuns: 20 },
    );
  });
});
