import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { renderSarif } from '../../../scripts/drift/report/sarif.ts';
import { sourcePlaces } from '../../../scripts/drift/report/sarif-places.ts';
import { BROKEN, FINDING, RESULT } from '../made-result.ts';

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly { readonly ruleId: string; readonly level: string; readonly suppressions?: unknown }[];
  }[];
}

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

describe('SARIF', () => {
  it('ranks what fails over what does not, and suppresses what is accepted', () => {
    const [run] = (renderSarif(BROKEN, () => undefined) as Sarif).runs;
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
    const [run] = (await sarif(BROKEN)).runs;
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
