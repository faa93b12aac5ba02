import { join } from 'node:path';
import junit from 'junit-report-builder';
import { markdownTable } from 'markdown-table';
import type { DriftResult, Finding } from '../../contracts/generated/findings.ts';
import { RULES } from '../../contracts/rules/index.ts';
import { writeWhole } from '../report/write-whole.ts';
import type { PastCheck } from './history.ts';
import { isFailing } from './judge-drift.ts';
import { differenceOf, frequencyOf, leftLines, reachOf } from './render-text.ts';
import { renderDriftPage } from './report/page.tsx';
import { DRIFT_RULES } from './rules.ts';

const SARIF_SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Writes result.json, report.md, report.html, junit.xml and results.sarif. */
export async function writeDriftReports(
  folder: string,
  result: DriftResult,
  history: readonly PastCheck[],
): Promise<void> {
  await writeWhole(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeWhole(join(folder, 'report.md'), renderDriftMarkdown(result));
  await writeWhole(join(folder, 'junit.xml'), renderDriftJunit(result));
  await writeWhole(join(folder, 'results.sarif'), `${JSON.stringify(renderSarif(result), null, 2)}\n`);
  await writeWhole(join(folder, 'report.html'), renderDriftPage(result, history));
}

export function renderDriftMarkdown(result: DriftResult): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = result.findings.map((finding) =>
    [
      finding.class + (finding.notice ? ' (notice)' : ''),
      `\`${finding.rule}\``,
      `\`${finding.template}\``,
      differenceOf(finding),
      frequencyOf(finding),
      `\`${finding.id}\``,
    ].map(cell),
  );
  const table = markdownTable([['class', 'rule', 'where', 'what', 'in', 'id'], ...rows]);
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join('');
  return [
    `# Contract drift: ${result.verdict}\n\n`,
    result.findings.length === 0 ? 'No finding.\n\n' : `${table}\n\n`,
    `${reachOf(result)}.\n\n`,
    list([...result.notTested.map(({ kind, reason }) => `not tested: ${kind}, ${reason}`), ...leftLines(result)]),
    list(result.problems.map((problem) => `problem: ${problem}`)),
  ].join('');
}

/** One case for the verdict, one a rule. */
export function renderDriftJunit(result: DriftResult): string {
  const builder = junit.newBuilder();
  const suite = builder.testSuite().name('fini-harness drift');
  const verdict = suite.testCase().className('fini-harness.drift').name('verdict');
  if (result.verdict === 'no-evidence') verdict.error(result.problems.join('; ') || 'no evidence', 'no-evidence');
  if (result.verdict === 'fail') verdict.failure(`${result.findings.length} findings`, 'fail');
  const rules = [...RULES.map(({ id }) => id), ...Object.values(DRIFT_RULES).map(({ id }) => id)];
  for (const rule of new Set(rules)) {
    const test = suite.testCase().className('fini-harness.drift.contract').name(rule);
    const found = result.findings.filter((finding) => finding.rule === rule);
    const story = found
      .map((finding) => `${finding.template}: ${differenceOf(finding)}, in ${frequencyOf(finding)}`)
      .join('\n');
    if (found.some((finding) => isFailing(finding, result.judge)))
      test.failure(printable(story), found[0]?.class ?? '');
    else if (story !== '') test.standardOutput(printable(story));
  }
  return builder.build();
}

/** Control characters have no place in XML. */
function printable(text: string): string {
  return [...text].filter((character) => character === '\n' || character >= ' ').join('');
}

/** SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderSarif(result: DriftResult): object {
  const rules = new Map(result.findings.map(({ rule, why }) => [rule, why]));
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fini-harness',
            rules: [...rules].map(([id, why]) => ({ id, shortDescription: { text: why } })),
          },
        },
        results: result.findings.map((finding) => ({
          ruleId: finding.rule,
          level: levelOf(finding, result.judge),
          message: { text: `${differenceOf(finding)}, in ${frequencyOf(finding)}` },
          locations: [{ logicalLocations: [{ fullyQualifiedName: `${finding.operation}${finding.template}` }] }],
          partialFingerprints: { 'fini-harness/v1': finding.id },
        })),
      },
    ],
  };
}

function levelOf(finding: Finding, judge: DriftResult['judge']): 'error' | 'warning' | 'note' {
  if (isFailing(finding, judge)) return 'error';
  return finding.class === 'statistical' ? 'warning' : 'note';
}

/** Workflow commands of GitHub Actions, a line each. */
export function renderAnnotations({ findings, judge }: DriftResult): string {
  const escape_ = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const names = { error: 'error', warning: 'warning', note: 'notice' } as const;
  return findings
    .map((finding) => {
      const title = `${finding.class} drift, ${finding.rule}`.replaceAll(',', '%2C').replaceAll(':', '%3A');
      const text = `${finding.template} ${differenceOf(finding)}, in ${frequencyOf(finding)}`;
      return `::${names[levelOf(finding, judge)]} title=${title}::${escape_(text)}\n`;
    })
    .join('');
}
