import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import { isFailing } from '../verdict.ts';
import { differenceOf, frequencyOf } from './sentences.ts';

const SARIF_SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** What the service departs from; GitHub refuses results without a file. */
const CONTRACT = 'contracts/openapi.yaml';

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Accepted findings are results that are suppressed. */
export function renderSarif({ findings, accepted, judge, contract }: DriftResult): object {
  const all = [...findings, ...accepted];
  const rules = new Map(all.map(({ rule, why }) => [rule, why]));
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fini-harness',
            semanticVersion: HARNESS_VERSION,
            rules: [...rules].map(([id, why]) => ({ id, shortDescription: { text: why } })),
          },
        },
        automationDetails: { id: 'fini-harness/drift/' },
        properties: { contract },
        results: all.map((finding) => resultOf(finding, judge)),
      },
    ],
  };
}

function resultOf(finding: Finding, judge: DriftResult['judge']): object {
  const { rule, id, operation, template, suppressedBy } = finding;
  return {
    ruleId: rule,
    level: levelOf(finding, judge),
    message: { text: `${template}: ${differenceOf(finding)}, in ${frequencyOf(finding)}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: CONTRACT }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: `${operation}${template}` }],
      },
    ],
    partialFingerprints: { 'fini-harness/v1': id },
    ...(suppressedBy === null ? {} : { suppressions: [{ kind: 'external', justification: suppressedBy.reason }] }),
  };
}

/** How a finding ranks with those who read logs. */
export function levelOf(finding: Finding, judge: DriftResult['judge']): 'error' | 'warning' | 'note' {
  if (isFailing(finding, judge)) return 'error';
  return finding.class === 'statistical' ? 'warning' : 'note';
}
