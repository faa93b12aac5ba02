import { join } from 'node:path';
import junit from 'junit-report-builder';
import { markdownTable } from 'markdown-table';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { Redact } from '../../../contracts/redact.ts';
import { RULES } from '../../../contracts/rules/index.ts';
import { plural } from '../../foundation/text/format.ts';
import { writeWhole } from '../../secrets/write-whole.ts';
import type { PastCheck } from '../baseline/history.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import { isFailing } from '../verdict.ts';
import { renderDriftPage } from './page.tsx';
import { levelOf, renderSarif } from './render-sarif.ts';
import { differenceOf, distributionLines, frequencyOf, leftLines, reachOf } from './render-text.ts';

/** Writes result.json, report.md, report.html, junit.xml and results.sarif. */
export async function writeDriftReports(
  folder: string,
  result: DriftResult,
  history: readonly PastCheck[],
  redact: Redact,
): Promise<void> {
  const write = (file: string, text: string): Promise<void> => writeWhole(join(folder, file), text, redact);
  await write('result.json', `${JSON.stringify(result, null, 2)}\n`);
  await write('report.md', renderDriftMarkdown(result));
  await write('junit.xml', renderDriftJunit(result));
  await write('results.sarif', `${JSON.stringify(renderSarif(result), null, 2)}\n`);
  await write('report.html', renderDriftPage(result, history));
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
    list(
      result.accepted.map(({ rule, id, suppressedBy }) => `accepted until ${suppressedBy?.expires}: ${rule} \`${id}\``),
    ),
    list(distributionLines(result)),
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
  if (result.verdict === 'fail') verdict.failure(plural(result.findings.length, 'finding'), 'fail');
  for (const rule of judgedRules(result)) {
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

/** What nothing was held against is no case: it would look as if it had passed. */
function judgedRules({ source, baselines, distributions, findings }: DriftResult): ReadonlySet<string> {
  const own = Object.values(DRIFT_RULES).map(({ id }) => id);
  const isJudged = (id: string): boolean => {
    if (id === DRIFT_RULES.distributionChanged.id) return distributions.length > 0;
    return id.startsWith('baseline-') ? baselines > 0 : source === 'drift';
  };
  return new Set([...RULES.map(({ id }) => id), ...own.filter(isJudged), ...findings.map(({ rule }) => rule)]);
}

/** Control characters have no place in XML. */
function printable(text: string): string {
  return [...text].filter((character) => character === '\n' || character >= ' ').join('');
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
