import { parseHTML } from 'linkedom';
import { describe, expect, it, test } from 'vitest';
import { renderHistoryHtml } from '../../../../scripts/compare/history/report/page.tsx';
import { ratioOf } from '../../../../scripts/compare/history/report/sentences.ts';
import { sampleHistory } from '../../../report/sample-runs.ts';

test.each([
  [100, 112, '+12.0%'],
  [0, 0.2, 'up from 0'],
  [0.2, 0, 'down to 0'],
])('a change from %d to %d is %s', (before, after, text) => {
  expect(ratioOf({ before, after })).toBe(text);
});

describe('the page of a history', () => {
  it('has one figure a metric and one row a change', () => {
    const { document } = parseHTML(renderHistoryHtml(sampleHistory()));
    expect(document.querySelector('h1')?.textContent).toBe('✕ Worse');
    expect([...document.querySelectorAll('#group-1 figure h3')].map((it) => it.textContent)).toEqual([
      'p95 of user turns',
      'Mean latency of user turns',
      'Share of failed turns',
    ]);
    const rows = [...document.querySelectorAll('tbody tr')].map((it) => it.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^p95 of user turns6.00 s6.69 s\+1[12]\.\d%run 21: .*2026-11-21/);
  });

  it('says of a group with few runs that it is not judged', () => {
    const { document } = parseHTML(renderHistoryHtml(sampleHistory(12)));
    expect(document.querySelector('h1')?.textContent).toBe('? Too few runs');
    expect(document.querySelector('#group-1')?.textContent).toContain('12 runs: too few to look for change points');
    expect(document.querySelectorAll('#group-1 figure')).toHaveLength(3);
    expect(document.querySelectorAll('#group-2 figure')).toHaveLength(0);
  });

  it('says so where nothing changed', () => {
    const { document } = parseHTML(renderHistoryHtml(sampleHistory(20)));
    expect(document.querySelector('h1')?.textContent).toBe('✓ Nothing got worse recently');
    expect(document.querySelector('#group-1')?.textContent).toContain('No metric changed its level.');
  });
});
