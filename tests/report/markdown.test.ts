import { beforeAll, describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../scripts/report/markdown.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { type SampleRun, sampleModel } from './sample-model.ts';

const models = {} as Record<SampleRun, ReportModel>;
beforeAll(async () => {
  for (const run of ['passing', 'failing', 'empty'] as const) models[run] = await sampleModel(run);
});

describe('the Markdown report', () => {
  it.each([
    ['passing', '## ✓ Pass: stress'],
    ['failing', '## ✕ Fail: stress'],
    ['empty', '## ? No evidence: stress'],
  ] as const)('of a %s run begins with its verdict', (run, title) => {
    expect(renderMarkdown(models[run]).split('\n')[0]).toBe(title);
  });

  it('has a row for each gate', () => {
    const markdown = renderMarkdown(models.failing);
    for (const { metric } of models.failing.result.gates)
      expect(markdown).toMatch(new RegExp(`\\| [✓✕?].*\`${metric}\``));
  });

  it('lets nothing that the service sent become markup or split a table', () => {
    const markdown = renderMarkdown(models.failing);
    const row = markdown.split('\n').find((line) => line.includes('alert(1)')) ?? '';
    expect(row).toContain('`` string "<script>alert(1)</script> \\| `x` ]]> \\u001b[31m \\u202e [e-mail]" ``');
    expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(9);
  });

  it('stays short whatever the service does wrong', () => {
    const { result } = models.failing;
    const [row] = result.violations;
    if (row === undefined) throw new Error('the sample has violations');
    const violations = Array.from({ length: 500 }, (_, index) => ({ ...row, rule: `rule-${index}` }));
    const markdown = renderMarkdown({ ...models.failing, result: { ...result, violations } });
    expect(markdown).toContain('And 480 more in result.json.');
    expect(markdown.length).toBeLessThan(20_000);
  });
});
