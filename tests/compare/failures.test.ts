import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contracts/generated/baseline.ts';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { headlineOf } from '../../scripts/compare/report/sentences.ts';
import { slowShare, twoKinds } from '../../scripts/proofs/compare/services.ts';
import { type Setting, simulateComparison } from '../../scripts/proofs/compare/simulate-comparison.ts';
import { interleaved } from './made-summaries.ts';

describe('all turns', () => {
  const chosen = { pairs: 5, turnsPerRun: 400, rho: 0.5, noise: 0.03, gates: [15_000, 30_000] };
  it.each<[string, Partial<Setting>, string]>([
    ['a tail beyond the gate', { candidate: slowShare(0.08) }, 'regression'],
    ['a tail beyond the p95', { candidate: slowShare(0.04) }, 'regression'],
    ['twice as many slow answers', { baseline: twoKinds(0.05), candidate: twoKinds(0.15) }, 'regression'],
    ['turns that never end', { candidate: { hanging: 0.08 } }, 'regression'],
    ['turns that never end, in both', { baseline: { hanging: 0.08 }, candidate: { hanging: 0.08 } }, 'inconclusive'],
    ['failures', { candidate: { failing: 0.03 } }, 'regression'],
  ])('count: %s', (_, services, outcome) => {
    for (let seed = 0; seed < 5; seed += 1) {
      expect(simulateComparison({ ...chosen, ...services }, seed).outcome).toBe(outcome);
    }
  });

  it('that fail are compared as shares: as many in both are no regression, whatever the limit', () => {
    const [baseline, candidate] = interleaved(4, 1, { errors: { k: 15, n: 500 } });
    const failing = baseline.map((each) => ({ ...each, errors: { k: 16, n: 500 } }));
    expect(compareRuns(failing, candidate).outcome).toBe('no-regression');
  });

  it('that fail in bursts before are no rise when a burst comes once more', () => {
    const [baseline, candidate] = interleaved(4, 1);
    const burst = (runs: RunSummary[], ...ks: number[]) =>
      runs.map((each, i) => ({ ...each, errors: { k: ks[i] ?? 0, n: 500 } }));
    expect(compareRuns(burst(baseline, 9, 0, 0, 0), burst(candidate, 12, 0, 9, 0)).outcome).not.toBe('regression');
    expect(compareRuns(burst(baseline, 0, 0, 0, 0), burst(candidate, 12, 0, 9, 0)).outcome).toBe('regression');
  });

  it('may fail more than was shown: then no regression is not shown either', () => {
    const [baseline, candidate] = interleaved(4, 1, { errors: { k: 1, n: 80 } });
    const fewer = baseline.map((each) => ({ ...each, errors: { k: 0, n: 80 } }));
    const comparison = compareRuns(fewer, candidate);
    expect(comparison).toMatchObject({ outcome: 'inconclusive', reasons: [{ code: 'errors-may-have-risen' }] });
    expect(headlineOf(comparison)).toMatch(/failed turns may have risen by up to \d\.\d points/);
  });
});
