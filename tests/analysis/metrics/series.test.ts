import { expect, it } from 'vitest';
import { analyseLedgers, laneLines, plan } from '../made-run.ts';

it('counts every turn once and shows what is in flight at the end of each bucket', async () => {
  const { series } = await analyseLedgers(plan(), [
    laneLines([
      { conversation: 0, atMs: 2_000, durationMs: 6_000 },
      { conversation: 1, atMs: 16_000, durationMs: 10 },
      { conversation: 2, atMs: 60_000, status: 429 },
    ]),
  ]);
  const total = (key: 'started' | 'completed' | 'good'): number =>
    series.buckets.reduce((sum, bucket) => sum + bucket[key], 0);
  expect(series.buckets.length).toBeLessThanOrEqual(240);
  expect([total('started'), total('completed'), total('good')]).toEqual([3, 3, 2]);
  const at = (ms: number) => series.buckets.find(({ atMs }) => atMs === ms);
  expect(at(0)).toMatchObject({ turnsInFlight: 1, conversationsInFlight: 1, started: 1, p50: 6_000 });
  expect(at(5_000)).toMatchObject({ turnsInFlight: 0, conversationsInFlight: 0, completed: 1, p50: null });
  expect(series.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(series.heat.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(series.events).toEqual([
    { atMs: 0, label: 'warm-up' },
    { atMs: 1_000, label: 'steady' },
    { atMs: 60_100, label: 'first 429' },
  ]);
});
