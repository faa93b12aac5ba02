import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../scripts/compare/compare-runs.ts';
import { renderComparisonMarkdown } from '../../../scripts/compare/report/markdown.ts';
import { interleaved, run } from '../made-summaries.ts';

describe('Markdown', () => {
  it('fits a comment on a pull request, whatever was found', () => {
    const violations = Array.from({ length: 400 }, (_, i) => ({
      rule: `a-rule-with-a-long-name-${i}`,
      class: 'breaking',
      count: i,
    }));
    const [baseline, candidate] = interleaved(100, 2, { violations });
    const flawed = Array.from({ length: 400 }, (_, i) =>
      run({ atMs: i, overrides: { flaw: 'conversations-missing' } }),
    );
    const text = renderComparisonMarkdown(compareRuns([...baseline, ...flawed], candidate));
    expect(text.length).toBeLessThan(16_000);
    expect(text).toContain('more in the report');
  });
});
