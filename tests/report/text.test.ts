import { beforeAll, describe, expect, it } from 'vitest';
import { forTerminal } from '../../scripts/foundation/text/terminal.ts';
import type { ReportModel } from '../../scripts/report/model.ts';
import { renderText } from '../../scripts/report/text.ts';
import { type SampleRun, sampleModel } from './sample-model.ts';

const models = {} as Record<SampleRun, ReportModel>;
beforeAll(async () => {
  for (const run of ['passing', 'failing', 'empty'] as const) models[run] = await sampleModel(run);
});

const plain = (run: SampleRun): string =>
  renderText(models[run], { color: false, reportPath: 'results/x/report.html' });

describe('the terminal report', () => {
  it.each([
    ['passing', /^✓ PASS {2}\S/],
    ['failing', /^✕ FAIL {2}\S/],
    ['empty', /^\? NO EVIDENCE {2}\S/],
  ] as const)('of a %s run begins with its verdict', (run, verdict) => {
    expect(plain(run)).toMatch(verdict);
  });

  it('tells of each missed gate why, and its worst offenders', () => {
    const text = plain('failing');
    expect(text).toMatch(/✕ {2}errors\.share +≤ 1% +1\.9% +\[1\.0%, 3\.2%\]/);
    expect(text).toMatch(/24 × HTTP 429, as conversation \d+, turn \d+\n {4}9 × HTTP 500/);
    expect(text).toMatch(/4 × cross-talk \(critical\), as conversation/);
  });

  it('shows what is not known as that, with the sample it needs', () => {
    const rows = plain('failing').split('\n');
    const ramp = rows.findIndex((line) => line.startsWith('  user   ramp'));
    const [value, below] = [rows[ramp] ?? '', rows[ramp + 1] ?? ''];
    expect(value.lastIndexOf('?')).toBeGreaterThan(0);
    expect(below).toMatch(/ has \d+ of 299( |$)/);
    expect(below.lastIndexOf('of 299') + 'of 299'.length).toBe(value.lastIndexOf('?') + 1);
    expect(below).toMatch(/^ +\(85\) /);
    expect(plain('empty')).toContain('not known (needs 299, has 0)');
  });

  it('says nothing about the contract where no answer came that it speaks of', () => {
    expect(plain('empty')).not.toContain('Contract');
    const { result } = models.passing;
    const refused = result.outcomes.map((row) => ({ ...row, status: 429 }));
    const text = renderText({ ...models.passing, result: { ...result, outcomes: refused } }, { color: false });
    expect(text).not.toContain('Contract');
    expect(plain('passing')).toMatch(/Contract {2}no violation in 2,186 answers/);
  });

  it('aligns every row of a table', () => {
    const lines = plain('failing').split('\n');
    const rows = lines.slice(lines.findIndex((line) => line.startsWith('Latency')) + 1);
    const table = rows.slice(0, rows.indexOf(''));
    expect(table.length).toBeGreaterThan(5);
    const [values, below] = [0, 1].map((part) => table.filter((_, line) => line % 2 === part));
    for (const lines of [values, below?.slice(1)]) expect(new Set(lines?.map((line) => line.length)).size).toBe(1);
  });

  it('cannot be driven by what the service sent', () => {
    const text = plain('failing');
    expect(text).toContain('<script>alert(1)</script> | `x` ]]> \\u001b[31m \\u202e [e-mail]');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('is coloured only when asked to', () => {
    expect(plain('failing')).not.toContain('\u001b[');
    expect(forTerminal(renderText(models.failing, { color: true }))).toContain('\u001b[31m');
  });

  it('ends with the path of the page', () => {
    expect(plain('passing').trimEnd()).toMatch(/Report {2}results\/x\/report\.html$/);
  });
});
