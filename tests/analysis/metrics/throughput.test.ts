import { describe, expect, it } from 'vitest';
import { analyseLedgers, laneLines, plan, spread } from '../made-run.ts';
import { resultOf } from '../valid-result.ts';

describe('throughput', () => {
  it('is of the measured seconds that the run reached', async () => {
    const result = await resultOf(spread(120, (i) => (i < 60 ? {} : { status: 500 })));
    expect(result.throughput).toEqual({
      offeredPerSecond: 2,
      completedPerSecond: 2,
      goodPerSecond: 1,
      conversationsPerSecond: 2,
    });
  });

  it('of a closed run that ends by its number of conversations leaves out its end, when places stay empty', async () => {
    // Two a second for ten seconds, then one answer for half a minute.
    const turns = Array.from({ length: 20 }, (_, i) => ({
      conversation: i,
      atMs: 1_000 + 500 * i,
      durationMs: i === 17 ? 30_000 : 500,
    }));
    const closed = plan([], { model: 'closed', concurrency: 2, conversations: 20, schedule: [[]] });
    const { result } = await analyseLedgers(closed, [laneLines(turns)]);
    expect(result.throughput?.offeredPerSecond).toBeCloseTo(2, 5);
    const unended = await analyseLedgers({ ...closed, conversations: 21 }, [laneLines(turns)]);
    expect(unended.result.throughput?.offeredPerSecond).toBeLessThan(0.7);
  });
});
