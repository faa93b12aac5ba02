import type { DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { HARNESS_VERSION } from '../../foundation/package-root.ts';
import { printable } from '../../foundation/text/printable.ts';
import { isFailing } from '../verdict.ts';
import type { PlaceOf } from './sarif-places.ts';
import { differenceOf, frequencyOf } from './sentences.ts';

const SARIF_SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** GitHub takes no more of a run; the worst come first. */
const MOST_RESULTS = 5_000;

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Accepted findings are results that are suppressed. */
export function renderSarif({ findings, accepted, judge, contract }: DriftResult, placeOf: PlaceOf): object {
  const all = [...findings, ...accepted].slice(0, MOST_RESULTS);
  const rules = [...new Map(all.map(({ rule, why }) => [rule, why]))];
  const indices = new Map(rules.map(([id], index) => [id, index]));
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fini-harness',
            semanticVersion: HARNESS_VERSION,
            rules: rules.map(([id, why]) => ({
              id,
              name: nameOf(id),
              shortDescription: { text: plainText(why) },
              fullDescription: { text: plainText(why) },
              help: {
                text: plainText(
                  `${why} The rule is ${id}; docs/contract.md and docs/drift.md describe rules and classes.`,
                ),
              },
            })),
          },
        },
        automationDetails: { id: 'fini-harness/drift/' },
        properties: { contract },
        results: all.map((finding) => resultOf(finding, judge, { ruleIndex: indices.get(finding.rule) ?? 0, placeOf })),
      },
    ],
  };
}

function resultOf(
  finding: Finding,
  judge: DriftResult['judge'],
  { ruleIndex, placeOf }: { ruleIndex: number; placeOf: PlaceOf },
): object {
  const { rule, id, operation, template, suppressedBy } = finding;
  const place = placeOf(finding);
  const physicalLocation = place && {
    artifactLocation: { uri: place.uri },
    region: { startLine: place.line },
  };
  return {
    ruleId: rule,
    ruleIndex,
    level: levelOf(finding, judge),
    message: { text: plainText(`${template}: ${differenceOf(finding)}, in ${frequencyOf(finding)}.`) },
    locations: [
      {
        ...(physicalLocation && { physicalLocation }),
        logicalLocations: [{ fullyQualifiedName: `${operation}${template}` }],
      },
    ],
    // Code scanning follows an alert by the first, whatever becomes of its line.
    partialFingerprints: { primaryLocationLineHash: `${id}:1`, 'fini-harness/v1': id },
    ...(suppressedBy === null ? {} : { suppressions: [{ kind: 'external', justification: suppressedBy.reason }] }),
  };
}

/** The name of a rule, which differs from its id (section 3.49.7): `AccessGranted`. */
const nameOf = (id: string): string => id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Text in which no bracket makes a link: section 3.11.6. */
const plainText = (text: string): string => printable(text).replace(/[\\[\]]/g, '\\$&');

/** How a finding ranks with those who read logs. */
export function levelOf(finding: Finding, judge: DriftResult['judge']): 'error' | 'warning' | 'note' {
  if (isFailing(finding, judge)) return 'error';
  return finding.class === 'statistical' ? 'warning' : 'note';
}
