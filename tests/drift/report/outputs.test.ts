import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import { renderAnnotations } from '../../../scripts/drift/report/annotations.ts';
import { renderDriftJunit } from '../../../scripts/drift/report/junit.ts';
import { renderDriftMarkdown } from '../../../scripts/drift/report/markdown.ts';
import { renderDriftPage } from '../../../scripts/drift/report/page.tsx';
import { renderSarif } from '../../../scripts/drift/report/sarif.ts';
import { sourcePlaces } from '../../../scripts/drift/report/sarif-places.ts';
import { renderDriftText } from '../../../scripts/drift/report/text.ts';
import { forTerminal } from '../../../scripts/foundation/text/terminal.ts';
import { FINDING, RESULT } from '../made-result.ts';

const suppressedBy = { id: 'aaaaaaaaaaaa', reason: 'announced', owner: 'api-team', expires: '2026-06-30' };
const broken: DriftResult = {
  ...RESULT,
  verdict: 'fail',
  exitCode: 4,
  findings: [FINDING, { ...FINDING, id: 'bbbbbbbbbbbb', rule: 'response-header-added', class: 'additive' }],
  accepted: [{ ...FINDING, id: 'aaaaaaaaaaaa', suppressedBy }],
};

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly { readonly ruleId: string; readonly level: string; readonly suppressions?: unknown }[];
  }[];
}

describe('SARIF', () => {
  it('ranks what fails over what does not, and suppresses what is accepted', () => {
    const [run] = (renderSarif(broken, () => undefined) as Sarif).runs;
    expect(run?.results.map(({ level, suppressions }) => [level, suppressions])).toEqual([
      ['error', undefined],
      ['note', undefined],
      ['error', [{ kind: 'external', justification: 'announced' }]],
    ]);
  });
});

describe('SARIF for code scanning', () => {
  const sarif = async (result: DriftResult, env = {}) => renderSarif(result, await sourcePlaces(env)) as CodeScanning;

  it('points each finding at the line of the contract that speaks of its place', async () => {
    const other = { ...FINDING, id: 'cccccccccccc', template: '#/responses/200/body/*/createdAt' };
    const header = { ...FINDING, id: 'dddddddddddd', template: '#/responses/200/headers/x-new' };
    const [run] = (await sarif({ ...RESULT, findings: [FINDING, other, header] })).runs;
    const places = (run?.results ?? []).map(({ locations: [first] }) => first?.physicalLocation);
    expect(places.map((it) => it?.artifactLocation.uri)).toEqual([
      'contracts/api/event.schema.json',
      'contracts/api/event.schema.json',
      'contracts/openapi.yaml',
    ]);
    const lines = places.map((it) => {
      const { artifactLocation, region } = it ?? { artifactLocation: { uri: '' }, region: { startLine: 0 } };
      return readFileSync(artifactLocation.uri, 'utf8').split('\n')[region.startLine - 1]?.trim();
    });
    expect(lines).toEqual([
      expect.stringContaining('"message"'),
      expect.stringContaining('"createdAt"'),
      'operationId: generateAnswer',
    ]);
  });

  it('follows a finding by its id, and describes each rule', async () => {
    const [run] = (await sarif(broken)).runs;
    expect(run?.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)).toEqual([
      `${FINDING.id}:1`,
      'bbbbbbbbbbbb:1',
      'aaaaaaaaaaaa:1',
    ]);
    expect(run?.tool.driver.rules.map(({ name }) => name)).toContain('ResponseHeaderAdded');
    for (const { fullDescription, help } of run?.tool.driver.rules ?? []) {
      expect([fullDescription.text, help.text]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    }
  });

  it('makes no link of what a service sent, and takes no more than 5,000 results', async () => {
    const observed = { type: 'string', sample: '[x](http://evil.example)' };
    const findings = Array.from({ length: 6_000 }, (_, index) => ({ ...FINDING, id: `${index}`, observed }));
    const [run] = (renderSarif({ ...RESULT, findings }, () => undefined) as CodeScanning).runs;
    expect(run?.results).toHaveLength(5_000);
    expect(run?.results[0]?.message.text).toContain('\\[x\\](http');
    expect(run?.results[0]?.locations[0]?.physicalLocation).toBeUndefined();
  });
});

interface CodeScanning {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly {
          readonly name: string;
          readonly fullDescription: { text: string };
          readonly help: { text: string };
        }[];
      };
    };
    readonly results: readonly {
      readonly message: { readonly text: string };
      readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

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
    const xml = renderDriftJunit(broken);
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
    const text = render(broken);
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
    const page = renderDriftPage(broken, past);
    expect(page).toContain('echo-mismatch');
    expect(page).toContain('1/9');
    expect(page).toContain('3/90');
  });

  it('runs nothing and escapes what the service sent', () => {
    const observed = { type: 'string', sample: '<script>alert(1)</script>' };
    const page = renderDriftPage({ ...RESULT, findings: [{ ...FINDING, observed }] }, []);
    expect(page).not.toContain('<script');
  });
});
