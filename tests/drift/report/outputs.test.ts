import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import { renderAnnotations } from '../../../scripts/drift/report/annotations.ts';
import { renderDriftJunit } from '../../../scripts/drift/report/junit.ts';
import { renderDriftMarkdown } from '../../../scripts/drift/report/markdown.ts';
import { renderDriftPage } from '../../../scripts/drift/report/page.tsx';
import { renderDriftText } from '../../../scripts/drift/report/text.ts';
import { forTerminal } from '../../../scripts/foundation/text/terminal.ts';
import { BROKEN, FINDING, RESULT } from '../made-result.ts';

describe('GitHub annotations', () => {
  it('are one line a finding, without characters that end a command', () => {
    const odd = { ...FINDING, observed: { type: 'string', sample: 'a\nb 100%' } };
    const lines = forTerminal(renderAnnotations({ ...RESULT, findings: [odd] })).split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^::error title=breaking drift%2C [^:]+::[^\n]*a\\u000ab 100%25/),
      '',
    ]);
  });
});

describe('JUnit', () => {
  it('fails the rules that fail the check', () => {
    const xml = renderDriftJunit(BROKEN);
    expect([...xml.matchAll(/<testcase [^>]*name="([^"]+)"[^>]*>\s*<failure/g)].map(([, name]) => name)).toEqual([
      FINDING.rule,
    ]);
    expect(xml).toContain(`<testsuites tests="${xml.split('<testcase').length - 1}" failures="1"`);
  });

  it('fails the check where nothing else shows why', () => {
    const failed = (result: Partial<DriftResult>): string => renderDriftJunit({ ...RESULT, ...result });
    expect(failed({ verdict: 'fail', findings: [] })).toContain('<failure message="0 findings"');
    const problems = [{ code: 'interrupted' } as const];
    expect(failed({ verdict: 'no-evidence', problems })).toContain('<error message="interrupted');
  });

  it('has no case for what was not judged', () => {
    const cases = (result: DriftResult): number => renderDriftJunit(result).split('<testcase').length - 2;
    expect(cases({ ...RESULT, source: 'load' })).toBe(RULES.length);
    expect(cases({ ...RESULT, source: 'load', baselines: 5 })).toBeGreaterThan(RULES.length);
  });
});

describe.each([
  ['terminal', (result: DriftResult) => renderDriftText(result, 'results/x')],
  ['Markdown', renderDriftMarkdown],
  ['page', (result: DriftResult) => renderDriftPage(result, [])],
])('the %s', (_, render) => {
  it('tells rule, place, frequency and fingerprint of each finding, and what could have been seen', () => {
    const text = render(BROKEN);
    for (const part of [FINDING.rule, '/responses/200/body/*/message', '3 of 90 (0.7% to 9.4%)', FINDING.id, '99%'])
      expect(text).toContain(part);
  });

  it.each([
    ['conversations that could not be removed', { leftBehind: ['conversation-17'] }, 'conversation-17'],
    ['that nobody could see what is left', { tidied: false }, 'may remain'],
  ])('tells %s', (_, left, part) => {
    expect(render(RESULT)).not.toContain('left behind');
    expect(render({ ...RESULT, ...left })).toContain(part);
  });

  it.each<[string, DriftResult, string]>([
    ['which rules fail it', BROKEN, `1 finding fails the check: ${FINDING.rule}. 1 other finding does not fail it.`],
    [
      'that no finding fails it',
      { ...RESULT, findings: [{ ...FINDING, class: 'additive' }] },
      '1 finding; none fails the check.',
    ],
    ['that there is none', RESULT, 'No finding.'],
    [
      'why there is no evidence',
      { ...RESULT, verdict: 'no-evidence', problems: [{ code: 'interrupted' }] },
      'The check is incomplete: interrupted: not all probes were sent.',
    ],
  ])('says %s', (_, result, sentence) => {
    expect(render(result)).toContain(sentence);
  });

  it('names probes by their subject, not by the letters of their kind', () => {
    const text = render({ ...RESULT, notTested: [{ kind: 'A5r', code: 'no-write-key' }] });
    expect(text).toContain('access');
    expect(text).not.toContain('A5r');
  });

  it.each<[Partial<DriftResult>, string]>([
    [{ problems: [{ code: 'interrupted' }] }, 'interrupted: not all probes were sent'],
    [{ problems: [{ code: 'turns-unjudged', judged: 3, needed: 12 }] }, 'only 3 of 12 user turns could be judged'],
    [{ problems: [{ code: 'harness-fault', detail: 'no disk' }] }, 'the harness failed: no disk'],
    [{ notTested: [{ kind: 'X2', condition: 'content-huge', code: 'refused', status: 413 }] }, 'the request (413)'],
    [{ notTested: [{ kind: 'C', condition: 'continued', code: 'service-gone' }] }, 'the service did not answer'],
    [{ notTested: [{ kind: 'A4', code: 'no-revoked-key' }] }, 'needs a revoked key'],
  ])('says in words what %j means', (change, sentence) => {
    expect(render(RESULT)).not.toContain(sentence);
    expect(render({ ...RESULT, ...change })).toContain(sentence);
  });

  it('says that distributions were not tested', () => {
    const replies = { mix: 'drift standard', n: 90, length: { n: 90, mean: 4, sd: 1 } } as NonNullable<
      DriftResult['replies']
    >;
    expect(render({ ...RESULT, replies })).toContain('five accepted baselines');
  });
});

describe('the page', () => {
  it('shows the history of each finding, also of those that are gone', () => {
    const past = [
      { runId: 'run-a', at: 1, verdict: 'fail', findings: [{ id: 'cccccccccccc', rule: 'echo-mismatch', k: 1, n: 9 }] },
      { runId: 'run-b', at: 2, verdict: 'pass', findings: [] },
    ] as const;
    const page = renderDriftPage(BROKEN, past);
    expect(page).toContain('echo-mismatch');
    expect(page).toContain('1/9');
    expect(page).toContain('3/90');
  });

  it('says what was expected and observed, and what to do next', () => {
    const text = renderDriftPage(BROKEN, []).replaceAll(/<[^>]*>/g, ' ');
    expect(text).toMatch(/Expected .*Observed .*Evidence .*evidence[/]000014.json/);
    expect(text).toContain(`fini-harness drift accept ${FINDING.id} --reason`);
    expect(renderDriftPage(RESULT, [])).toContain('fini-harness drift accept &lt;folder>');
  });

  it('runs nothing and escapes what the service sent', () => {
    const observed = { type: 'string', sample: '<script>alert(1)</script>' };
    const page = renderDriftPage({ ...RESULT, findings: [{ ...FINDING, observed }] }, []);
    expect(page).not.toContain('<script');
  });
});
