import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { templateOf, weightTable } from '../../../contracts/template.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { countTurns } from '../../../scripts/run/plan/turn-budget.ts';
import { CHANGING, CONSTANT, planInput, SCRIPTS } from './sample-input.ts';

/** The start of every conversation by its number, read as a lane reads it. */
function starts(plan: Plan): number[] {
  const all: number[] = [];
  for (const [lane, times] of plan.schedule.entries()) {
    for (const [index, time] of times.entries()) all[lane + index * plan.lanes] = time;
  }
  return all;
}

/** Turns that lanes would send, counted one conversation after the other. */
function turnsSent({ seed, conversations, lastTurns }: Plan): number {
  const table = weightTable(SCRIPTS.map(({ weight = 1 }) => weight));
  let turns = 0;
  for (let number = 0; number < (conversations ?? 0); number += 1) {
    const size = SCRIPTS[templateOf(seed, number, table)]?.turns.length ?? 0;
    turns += number === (conversations ?? 0) - 1 ? Math.min(size, lastTurns ?? size) : size;
  }
  return turns;
}

describe('makePlan', () => {
  it.each([
    ['open', {}, CONSTANT],
    ['even', { arrivals: 'even' }, CONSTANT],
    ['changing', { rate: 3 }, CHANGING],
    ['closed', { concurrency: 5 }, CONSTANT],
    ['closed and capped', { concurrency: 5, maxTurns: 20 }, CONSTANT],
    ['capped', { maxTurns: 100 }, CONSTANT],
  ] as const)('is valid by its schema: %s', async (_name, flags, profile) => {
    const plan = makePlan(await planInput({ flags, profile }));
    const validate = validatorOf('plan');
    validate(structuredClone(plan));
    expect(validate.errors).toBeNull();
  });

  it('is the same for the same seed, and another for another', async () => {
    const [a, b, c] = await Promise.all([1, 1, 2].map(async (seed) => makePlan(await planInput({ flags: { seed } }))));
    expect(a).toEqual(b);
    expect(a?.schedule).not.toEqual(c?.schedule);
  });

  it('keeps the earlier arrivals when the run is longer', async () => {
    const short = starts(makePlan(await planInput({ flags: { duration: '30s' } })));
    const long = starts(makePlan(await planInput({ flags: { duration: '90s' } })));
    expect(long.slice(0, short.length)).toEqual(short);
    expect(long.length).toBeGreaterThan(2 * short.length);
  });

  it('puts every conversation in exactly one lane, in order of time', async () => {
    for (const lanes of [1, 3, 7]) {
      const plan = makePlan({ ...(await planInput()), config: { ...(await planInput()).config, lanes } });
      const times = starts(plan);
      expect(plan.schedule).toHaveLength(lanes);
      expect(times).toHaveLength(plan.conversations ?? -1);
      expect(plan.schedule.flat()).toHaveLength(times.length);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  it('caps turns exactly, whatever the seed and the cap', async () => {
    const input = await planInput();
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 800 }), (seed, maxTurns) => {
        const plan = makePlan({ ...input, config: { ...input.config, seed, maxTurns } });
        expect(plan.turns).toBe(maxTurns);
        expect(turnsSent(plan)).toBe(maxTurns);
        expect(countTurns(plan)?.turns).toBe(maxTurns);
      }),
      { numRuns: 50 },
    );
  });

  it('does not touch a plan below its cap', async () => {
    const free = makePlan(await planInput());
    const capped = makePlan(await planInput({ flags: { maxTurns: 100_000 } }));
    expect(capped).toEqual({ ...free, config: capped.config });
    expect(turnsSent(free)).toBe(free.turns);
  });

  it('shrinks the window to a limit on conversations, keeping its shape', async () => {
    const full = makePlan(await planInput());
    const plan = makePlan(await planInput({ flags: { conversations: 100 } }));
    expect(plan.conversations).toBe(100);
    expect(starts(plan)).toHaveLength(100);
    expect(starts(plan)).toEqual(starts(full).slice(0, 100));
    expect(plan.windowMs).toBeCloseTo(starts(full)[100] ?? 0, 2);
    expect(plan.stages.map(({ endMs }) => endMs / plan.windowMs)).toEqual([0.2, 1]);
  });

  it('in the closed model holds a level, and no lane is without a slot', async () => {
    const plan = makePlan(await planInput({ flags: { concurrency: 1 }, profile: CONSTANT }));
    expect(plan).toMatchObject({
      model: 'closed',
      concurrency: 1,
      lanes: 1,
      schedule: [[]],
      conversations: null,
      turns: null,
    });
    expect(plan.stages.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  it('sends one turn a conversation without a way to continue', async () => {
    const input = await planInput();
    const plan = makePlan({ ...input, config: { ...input.config, continuation: { strategy: 'single' } } });
    expect(plan.turns).toBe(plan.conversations);
  });

  it('prepares a conversation each for the pool, and only where their number is known', async () => {
    const input = await planInput({ flags: { conversations: 50 } });
    const pooled = (config: Partial<typeof input.config>) =>
      makePlan({ ...input, config: { ...input.config, continuation: { strategy: 'pool' }, ...config } });
    expect(pooled({}).continuation).toEqual({ strategy: 'pool', poolSize: 50 });
    const closed = await planInput({ flags: { concurrency: 2 } });
    expect(() => makePlan({ ...closed, config: { ...closed.config, continuation: { strategy: 'pool' } } })).toThrow(
      /limit them with --conversations or --max-turns/,
    );
  });

  it('counts a retry as a turn, so that a cap holds even if every turn is sent twice', async () => {
    const input = await planInput({ flags: { maxTurns: 101 } });
    const plan = makePlan({ ...input, config: { ...input.config, retryOnce: true } });
    expect(plan).toMatchObject({ turns: 100, retryOnce: true });
    expect(turnsSent(plan)).toBe(50);
    expect(countTurns(plan)?.turns).toBe(100);
  });

  it('carries the laws of pauses and of patience', async () => {
    const input = await planInput();
    const patience = { law: 'exponential', mean: '20s', cv: 0.6 } as const;
    const thinkTime = { law: 'empirical', mean: '5s', cv: 0.6 } as const;
    const plan = makePlan({ ...input, thinkTimes: [100, 300], config: { ...input.config, patience, thinkTime } });
    expect(plan.patience).toEqual({ law: 'exponential', meanMs: 20_000, cv: 0.6 });
    expect(plan.thinkTime).toMatchObject({ law: 'empirical', meanMs: 200, valuesMs: [100, 300] });
  });

  it('takes more lanes for more load, within bounds', async () => {
    const lanes = await Promise.all(
      [0.1, 10, 100, 2_000].map(async (rate) => makePlan(await planInput({ flags: { rate } })).lanes),
    );
    expect(lanes[0]).toBe(2);
    expect(lanes).toEqual([...lanes].sort((a, b) => a - b));
    expect(lanes.at(-1)).toBe(20);
  });

  it.each([
    ['a level that changes in the closed model', { concurrency: 5 }, CHANGING, /changes its load over time/],
    ['a window too short for any arrival', { rate: 0.0001 }, CONSTANT, /no conversation would start in 60\.0 s at/],
    ['a schedule that k6 cannot load', { rate: 1e6 }, CONSTANT, /about 60,000,000 conversations/],
  ] as const)('refuses %s', async (_name, flags, profile, message) => {
    const input = await planInput({ flags, profile });
    expect(() => makePlan(input)).toThrow(message);
  });
});
