import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { interleaved, run } from './made-summaries.ts';

describe('gates', () => {
  const gate = (metric: string, value: number | null, verdict: 'pass' | 'fail' = 'pass') => ({
    metric,
    op: '<' as const,
    limit: 1_000,
    value,
    lower: value === null ? null : value * 0.95,
    upper: value === null ? null : value * 1.05,
    verdict,
  });

  it('are shown as means over runs; a value that is not known decides nothing', () => {
    const [baseline, candidate] = interleaved(4, 1);
    const with_ = (runs: RunSummary[], of: (i: number) => NonNullable<RunSummary['gates']>) =>
      runs.map((each, i) => ({ ...each, gates: of(i) }));
    const { gates, outcome } = compareRuns(
      with_(baseline, (i) => [
        gate('latency.p95', i % 2 === 0 ? 100 : 400),
        gate('errors.share', 0),
        gate('goodput.share', 1),
      ]),
      with_(candidate, (i) => [
        gate('latency.p95', i === 0 ? null : 300, 'fail'),
        gate('errors.share', i === 3 ? 0.04 : 0),
      ]),
    );
    expect(outcome).toBe('no-regression');
    expect(gates).toEqual([
      {
        metric: 'latency.p95',
        op: '<',
        limit: 1_000,
        baseline: { value: expect.closeTo(200), passed: 4, runs: 4 },
        candidate: { value: null, passed: 0, runs: 4 },
        isBroken: false,
      },
      {
        metric: 'errors.share',
        op: '<',
        limit: 1_000,
        baseline: { value: 0, passed: 4, runs: 4 },
        candidate: { value: expect.closeTo(0.01), passed: 4, runs: 4 },
        isBroken: false,
      },
    ]);
  });
});

describe('a gate that breaks', () => {
  type Row = readonly [before: number, after: number];
  const gated = (runs: RunSummary[], value: number, width: number) =>
    runs.map((each, i) => ({
      ...each,
      gates: [
        {
          metric: 'goodput.share',
          op: '>=' as const,
          limit: 0.95,
          value: value + 0.001 * Math.sin(i),
          lower: value - width,
          upper: value + width,
          verdict: value >= 0.95 ? ('pass' as const) : ('fail' as const),
        },
      ],
    }));
  const compareAt = (pairs: number, [before, after]: Row, width: number) => {
    const [baseline, candidate] = pairs === 0 ? [[run({ atMs: 0 })], [run({ atMs: 1 })]] : interleaved(pairs, 1);
    return compareRuns(gated(baseline, before, width), gated(candidate, after, width));
  };

  it.each<[string, number, Row, number, string]>([
    ['surely, in interleaved runs', 4, [0.97, 0.93], 0.01, 'regression'],
    ['not', 4, [0.97, 0.96], 0.01, 'no-regression'],
    ['in both', 4, [0.93, 0.92], 0.01, 'no-regression'],
    ['surely, in one run against one', 0, [0.97, 0.9], 0.01, 'regression'],
    ['perhaps, in one run against one', 0, [0.97, 0.94], 0.02, 'inconclusive'],
  ])('%s', (_, pairs, values, width, outcome) => {
    const { gates, ...comparison } = compareAt(pairs, values, width);
    expect(comparison.outcome).toBe(outcome);
    expect(gates[0]?.isBroken).toBe(outcome === 'regression');
    if (outcome === 'regression') {
      expect(comparison.reasons).toContainEqual({
        code: 'gate-broken',
        metric: 'goodput.share',
        op: '>=',
        limit: 0.95,
      });
    }
  });
});
