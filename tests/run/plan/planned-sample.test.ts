import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { plannedSample, starvedGates } from '../../../scripts/run/plan/planned-sample.ts';
import { countTurns } from '../../../scripts/run/plan/turn-budget.ts';
import { CONSTANT, planInput } from './sample-input.ts';

const metrics = async (conversations: number): Promise<string[]> =>
  starvedGates(makePlan(await planInput({ flags: { conversations } }))).map(({ gate }) => gate.metric);

describe('starvedGates', () => {
  it.each([
    [20, ['latency.p95', 'latency.p99']],
    [100, ['latency.p99']],
    [400, []],
  ])('of %d conversations: %j', async (conversations, starved) => {
    expect(await metrics(conversations)).toEqual(starved);
  });

  it('counts what a gate asks for itself', async () => {
    const input = await planInput({ flags: { conversations: 20 } });
    const gates = [
      { metric: 'latency.p99', op: '<', limit: 1, minSample: 5 } as const,
      { metric: 'errors.share', op: '<', limit: 1, minSample: 5_000 } as const,
    ];
    expect(starvedGates(makePlan({ ...input, config: { ...input.config, gates } }))).toEqual([
      { gate: gates[1], needs: 5_000 },
    ]);
  });

  it('says nothing where only time bounds the turns', async () => {
    const plan = makePlan(await planInput({ flags: { concurrency: 1, duration: '1s' } }));
    expect(plannedSample(plan)).toBeUndefined();
    expect(starvedGates(plan)).toEqual([]);
  });
});

describe('plannedSample', () => {
  it('is every user turn where conversations have one turn and all stages are measured', async () => {
    const input = await planInput({
      profile: { ...CONSTANT, stages: CONSTANT.stages.map((it) => ({ ...it, measured: true })) },
    });
    const plan = makePlan({ ...input, config: { ...input.config, continuation: { strategy: 'single' } } });
    expect(plannedSample(plan)).toBe(countTurns(plan)?.users);
  });

  it('leaves out what is not measured: the warm-up, and later turns beyond the window', async () => {
    const input = await planInput({ flags: { duration: '10s' } });
    const sample = (mean: string): number => {
      const plan = makePlan({ ...input, config: { ...input.config, thinkTime: { law: 'constant', mean, cv: 0 } } });
      return (plannedSample(plan) ?? 0) / (countTurns(plan)?.users ?? 0);
    };
    expect(sample('0s')).toBeGreaterThan(0.7);
    expect(sample('0s')).toBeLessThan(0.9);
    // Each second turn of a conversation comes after 10 s, when the window is over.
    expect(sample('10s')).toBeLessThan(0.6);
  });
});
