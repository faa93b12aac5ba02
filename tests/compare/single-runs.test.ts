import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../scripts/compare/compare-runs.ts';
import { headlineOf } from '../../scripts/compare/report/sentences.ts';
import { renderComparisonText } from '../../scripts/compare/report/text.ts';
import { run } from './made-summaries.ts';

describe('one run against one', () => {
  const level = (n: number) => ({ role: 'user', n, unfinished: 0, censored: false, meanLog: 6, sdLog: 0.3, deff: 1 });
  const single = (atMs: number, p95: number) =>
    run({
      atMs,
      overrides: {
        levels: [
          { ...level(500), p95 },
          { ...level(3), role: 'agent', p95: null },
        ],
      },
    });

  it('far faster is no regression', () => {
    const comparison = compareRuns([single(0, 1_000)], [single(1, 529)]);
    expect(comparison).toMatchObject({ outcome: 'no-regression', reasons: [{ code: 'within-tolerance' }] });
    expect(headlineOf(comparison)).toMatch(/47\.1% lower, with 95% confidence at least \d+\.\d% lower/);
  });

  it('shows no role whose turns are too few', () => {
    const { effects } = compareRuns([single(0, 1_000)], [single(1, 1_000)]);
    expect(effects.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('whose p95 is only known to be long is no regression to nobody', () => {
    const endless = (atMs: number) =>
      run({ atMs, overrides: { levels: [{ ...level(500), p95: 400, censored: true, unfinished: 30 }] } });
    const comparison = compareRuns([single(0, 1_000)], [endless(1)]);
    expect(comparison).toMatchObject({
      outcome: 'inconclusive',
      reasons: [{ code: 'p95-unanswered' }],
      notes: [{ code: 'p95-censored', arm: 'candidate', count: 1, runs: 1 }],
    });
    expect(headlineOf(comparison)).toContain('p95 of the candidate falls among turns without an answer');
    expect(renderComparisonText(comparison)).toContain('p95 of 1 of 1 candidate run falls among turns');
  });
});
