import { parseHTML } from 'linkedom';
import { describe, expect, it, test } from 'vitest';
import { change } from '../../../scripts/compare/report/model.ts';
import { renderComparisonHtml } from '../../../scripts/compare/report/page.tsx';
import { sampleComparison } from '../../report/sample-runs.ts';

test.each([
  [1.1249, '+12.5%'],
  [1, '+0.0%'],
  [0.95, '−5.0%'],
])('a ratio of %d is a change of %s', (ratio, text) => {
  expect(change(ratio)).toBe(text);
});

const pageOf = (slower: number) => parseHTML(renderComparisonHtml(sampleComparison(slower))).document;

describe('the page of a comparison', () => {
  it.each([
    [1.12, '✕ Regression', 'fail'],
    [1, '✓ No regression', 'pass'],
  ])('of a candidate %d times as slow begins with its outcome', (slower, words, tone) => {
    const title = pageOf(slower).querySelector('h1');
    expect([title?.textContent, title?.className]).toEqual([words, tone]);
  });

  it('names what was compared, and when', () => {
    const model = sampleComparison(1);
    const candidate = model.candidate.map((run) => ({ ...run, target: 'https://staging.example, bot b' }));
    const { document } = parseHTML(renderComparisonHtml({ ...model, candidate }));
    const arms = [...document.querySelectorAll('header .target')].map(({ textContent }) => textContent).slice(1);
    expect(arms).toEqual([
      'Baseline: target not known, 2026-11-10.',
      'Candidate: https://staging.example, bot b, 2026-11-10 to 2026-11-11.',
    ]);
  });

  it('shows effects, each run, and a table of the same', () => {
    const document = pageOf(1.12);
    expect([...document.querySelectorAll('figure')].map(({ id }) => id)).toEqual(['effects', 'runs']);
    const [row] = document.querySelectorAll('tbody tr');
    expect(row?.textContent).toMatch(/^p95, user turns5\.98 s6\.73 s\+12\.5%\[\+11\.3%, \+13\.8%\]< 0\.001yes$/);
  });

  it('keeps its axis where a role of few turns has limits far away, with labels that do not touch', () => {
    const model = sampleComparison(1.12);
    const [effect] = model.comparison.effects;
    if (effect === undefined) throw new Error('no effect');
    const far = { ...effect, role: 'agent', decides: false, ratio: 15.5, lower: 1.2, upper: 40 };
    const effects = [...model.comparison.effects.slice(0, 2), far];
    const { document } = parseHTML(renderComparisonHtml({ ...model, comparison: { ...model.comparison, effects } }));
    const labels = (width: string) =>
      [...document.querySelectorAll(`#effects .${width} text`)]
        .map((it) => it.textContent ?? '')
        .filter((it) => /^[+−-]?\d+%$/.test(it));
    expect(labels('narrow')).toEqual(['0%', '+50%', '+100%']);
    expect(labels('wide').length).toBeLessThanOrEqual(8);
  });

  it('has a p-value of failed turns only where both sides have turns', () => {
    const model = sampleComparison(1);
    const failures = (n: number) => {
      const candidate = { ...model.comparison.errors.candidate, n };
      const errors = { ...model.comparison.errors, candidate };
      const { document } = parseHTML(renderComparisonHtml({ ...model, comparison: { ...model.comparison, errors } }));
      return document.querySelector('#failures')?.textContent;
    };
    expect(failures(500)).toContain('; p = ');
    expect(failures(0)).not.toContain('p =');
  });

  it('has no figure where there is nothing to compare, and says why', () => {
    const { comparison, baseline } = sampleComparison(1);
    const { load } = baseline[0] ?? {};
    if (load === undefined) throw new Error('no run');
    const notes = [{ code: 'loads-differ' as const, loads: [load, { ...load, rate: 3 }] }];
    const reasons = [{ code: 'no-runs' as const }];
    const nothing = { ...comparison, outcome: 'inconclusive' as const, reasons, effects: [], notes };
    const { document } = parseHTML(renderComparisonHtml({ comparison: nothing, baseline: [], candidate: [] }));
    expect(document.querySelectorAll('figure').length).toBe(0);
    expect(document.querySelector('.problems')?.textContent).toContain('have different loads');
  });
});
