import { describe, expect, it } from 'vitest';
import { renderLoadPerformance } from '../../scripts/report/load-performance.ts';
import { sampleModel } from './sample-model.ts';

describe('load-performance.json', () => {
  it.each(['passing', 'failing'] as const)('says what result.json of a %s run says', async (kind) => {
    const { result } = await sampleModel(kind);
    const row = result.latency.find(({ role, stage }) => role === 'user' && stage === 'measured');
    const { k = 0, n = 0 } = result.goodput ?? {};
    expect(n).toBeGreaterThan(0);
    expect(JSON.parse(renderLoadPerformance(result))).toEqual({
      metrics: {
        http_reqs: { count: n, rate: result.throughput?.completedPerSecond },
        http_req_waiting: { 'p(90)': row?.p90.value, 'p(95)': row?.p95.value },
        checks: { passes: k, fails: n - k },
      },
    });
  });

  it('claims nothing for a run without turns', async () => {
    const { result } = await sampleModel('empty');
    const { metrics } = JSON.parse(renderLoadPerformance(result)) as { metrics: Record<string, unknown> };
    expect(metrics).not.toHaveProperty('http_req_waiting');
    expect(metrics).not.toHaveProperty('checks');
  });
});
