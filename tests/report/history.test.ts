import { parseHTML } from 'linkedom';
import { describe, expect, it, test } from 'vitest';
import { changeOf } from '../../scripts/report/history/figures.ts';
import { renderHistoryHtml } from '../../scripts/report/history/html.tsx';
import { sampleHistory } from './sample-runs.ts';

test.each([
  [100, 112, '+12.0%'],
  [0, 0.2, 'up from 0'],
  [0.2, 0, 'down to 0'],
])('a change from %d to %d is %s', (before, after, text) => {
  expect(changeOf(before, after)).toBe(text);
});

describe('the page of a history', () => {
  it('has one figure a metric and one row a change', () => {
    const { document } = parseHTML(renderHistoryHtml(sampleHistory()));
    expect([...document.querySelectorAll('figure h3')].map((it) => it.textContent)).toEqual([
      'latency.p95',
      'errors.share',
    ]);
    const rows = [...document.querySelectorAll('tbody tr')].map((it) => it.textContent);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^latency\.p956\.01 s6\.69 s\+11\.3%.*2026-11-21/);
  });

  it('says so where nothing changed', () => {
    const { title, metrics } = sampleHistory();
    const steady = metrics.map((metric) => ({ ...metric, changes: [] }));
    const { document } = parseHTML(renderHistoryHtml({ title, metrics: steady }));
    expect(document.querySelector('#changes')?.textContent).toContain('No metric changed its level.');
  });
});
