import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../../contracts/generated/ledger.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { clusteredEffect, confirmationOf } from '../../../scripts/capacity/confirm/confirmation.ts';
import { confirmationPlan } from '../../../scripts/capacity/confirm/confirmation-plan.ts';
import { midLives } from '../../../scripts/capacity/confirm/mid-life.ts';
import { parseSlo } from '../../../scripts/capacity/slo.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { planInput } from '../../run/plan/sample-input.ts';

const turns = (count: number): ConversationScript['turns'] =>
  Array.from({ length: count }, (_, index) => ({ content: `turn ${index}` })) as ConversationScript['turns'];
const SCRIPTS: [ConversationScript, ConversationScript] = [
  { id: 'short', turns: turns(2) },
  { id: 'long', turns: turns(6) },
];
const THINK = { law: 'exponential', meanMs: 10_000, cv: 1 } as const;
const SLO = parseSlo('p95<8s,errors<1%');

describe('conversations in the middle of their lives', () => {
  const begun = (seed: number) => midLives({ scripts: SCRIPTS, thinkTime: THINK, answerMs: 2_000, seed }, 2);
  const all = Array.from({ length: 20 }, (_, seed) => begun(seed)).flat();

  it("are as many as Little's law says", () => {
    // 2 a second; half last 2 answers and 1 pause, half 6 answers and 5 pauses.
    const expected = 20 * 2 * (0.5 * 14 + 0.5 * 62);
    expect(Math.abs(all.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('are mostly of the long kind, at any of their turns, now and later', () => {
    const long = all.filter(({ script }) => script === 1);
    expect(Math.abs(long.length / all.length - 62 / 76)).toBeLessThan(0.05);
    expect(new Set(long.map(({ turn }) => turn))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    // A twelfth of the time of a pause and its answer goes to the answer.
    const now = all.filter(({ startMs }) => startMs === 0).length / all.length;
    expect(now).toBeGreaterThan(0.1);
    expect(now).toBeLessThan(0.35);
  });
});

async function base(): Promise<Plan> {
  const plan = makePlan(await planInput({ flags: { rate: 1, conversations: 1 } }));
  return { ...plan, thinkTime: THINK, workload: { ...plan.workload, conversations: SCRIPTS } };
}

describe('the plan of a confirming run', () => {
  const wanted = { rate: 4, turns: 300, answerMs: 2_000, budget: 500 };

  it('is a plan, at the level from its first second', async () => {
    const plan = confirmationPlan(await base(), SLO, wanted);
    expect(validatorOf('plan')(plan), JSON.stringify(validatorOf('plan').errors)).toBe(true);
    expect(plan?.stages[1]).toMatchObject({ from: 1, measured: true });
    expect(plan?.schedule.flat().length).toBe(plan?.conversations);
    expect(plan?.midLife?.every(({ conversation }) => conversation < (plan?.conversations ?? 0))).toBe(true);
    expect(plan?.midLife?.length).toBeGreaterThan(20);
    expect(plan?.continuation.strategy).toBe('discover');
  });

  it.each([450, 400, 300, 200])('never has more user turns than a budget of %i', async (budget) => {
    const plan = confirmationPlan(await base(), SLO, { ...wanted, budget });
    expect(plan?.turns).toBeLessThanOrEqual(budget);
    expect(plan?.turns).toBeGreaterThan(0.75 * budget * 0.9);
  });

  it('is none where the budget is too small to tell anything', async () => {
    expect(confirmationPlan(await base(), SLO, { ...wanted, budget: 100 })).toBeUndefined();
  });

  it('gives each lane its times in order', async () => {
    const input = await base();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0.2, max: 60, noNaN: true }), (seed, rate) => {
        const plan = confirmationPlan({ ...input, seed }, SLO, { ...wanted, rate });
        for (const lane of plan?.schedule ?? []) expect(lane).toEqual([...lane].sort((a, b) => a - b));
        expect(Math.max(...(plan?.schedule.flat() ?? [0]))).toBeLessThan(plan?.windowMs ?? 0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the design effect of turns that share conversations', () => {
  const made = (groups: readonly (readonly boolean[])[]) =>
    groups.flatMap((group, conversation) => group.map((bad) => ({ conversation, bad })));
  const apart = Array.from({ length: 100 }, (_, index) => [index % 10 === 0]);

  it('is about 1 for one turn each', () => {
    expect(clusteredEffect(made(apart))).toBeCloseTo(100 / 99, 6);
  });

  it('is the size of conversations whose turns are all alike', () => {
    expect(clusteredEffect(made(apart.map(([bad = false]) => [bad, bad, bad])))).toBeCloseTo((3 * 100) / 99, 6);
  });

  it.each([[[]], [[[false]]], [[[true, true]]]])('is 1 where nothing varies: %j', (groups) => {
    expect(clusteredEffect(made(groups))).toBe(1);
  });
});

const STAGES: Plan['stages'] = [
  { name: 'settling', startMs: 0, endMs: 10_000, from: 1, to: 1, measured: false },
  { name: 'confirmation', startMs: 10_000, endMs: 110_000, from: 1, to: 1, measured: true },
];

describe('what a confirming run says', () => {
  const ZERO = 1_000_000;
  const lines = (latencies: readonly (number | 'cut' | 500)[]): LedgerLine[] => [
    { kind: 'lane-start', lane: 0, at: ZERO, startAt: ZERO, runId: 'run' },
    ...latencies.flatMap((latency, index) => turnLines(index, latency)),
  ];
  function turnLines(index: number, latency: number | 'cut' | 500): LedgerLine[] {
    const at = ZERO + 1_000 * index;
    const key = { conversation: index % 7, turn: Math.floor(index / 7), attempt: 0, lane: 0 };
    const durationMs = typeof latency === 'number' && latency !== 500 ? latency : 10;
    return [
      { kind: 'sent', ...key, role: 'user', intendedAt: at, sentAt: at },
      {
        kind: 'settled',
        ...key,
        settledAt: at + durationMs,
        outcome: latency === 'cut' ? 'cut' : 'answered',
        status: latency === 500 ? 500 : 200,
        errorCode: 0,
        durationMs,
        waitingMs: durationMs,
        connectMs: 0,
        bytes: 2,
        events: [],
        violations: [],
      },
    ];
  }
  const judged = async (latencies: readonly (number | 'cut' | 500)[]) =>
    confirmationOf(
      {
        ...(await base()),
        stages: STAGES,
      },
      lines(latencies),
      SLO,
    );
  const good = Array.from({ length: 110 }, () => 2_000);

  it('counts the measured window alone', async () => {
    const all = await judged(good.map((latency, index) => (index < 10 ? 9_000 : latency)));
    expect(all).toMatchObject({ n: 100, bad: 0, met: true, percentileMs: 2_000 });
  });

  it.each([
    ['five slow of a hundred', 5, 9_000, true],
    ['six slow of a hundred', 6, 9_000, false],
    ['one failed of a hundred', 1, 500, true],
    ['two failed of a hundred', 2, 500, false],
  ] as const)('with %s', async (_, count, what, met) => {
    const found = await judged(good.map((latency, index) => (index >= 50 && index < 50 + count ? what : latency)));
    expect(found).toMatchObject({ bad: count, errors: what === 500 ? count : 0, met });
    expect(found.ci[0]).toBeLessThan(count / 100);
    expect(found.ci[1]).toBeGreaterThan(count / 100);
  });

  it('leaves out turns that were cut while they could still be good', async () => {
    expect(await judged([...good.slice(1), 'cut'])).toMatchObject({ n: 99, bad: 0 });
  });

  it('counts turns that never settled as bad', async () => {
    const all = lines(good).filter((line) => line.kind !== 'settled' || line.conversation !== 3);
    const lost = all.filter(({ kind }) => kind === 'sent').length - all.filter(({ kind }) => kind === 'settled').length;
    const { bad, errors, met } = confirmationOf({ ...(await base()), stages: STAGES }, all, SLO);
    expect(lost).toBeGreaterThan(10);
    expect(bad).toBeGreaterThan(10);
    expect({ errors, met }).toEqual({ errors: bad, met: false });
  });

  it('is not met without a turn', async () => {
    expect(await judged([])).toMatchObject({ n: 0, met: false });
  });
});
