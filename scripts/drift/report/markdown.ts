import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { code, list, type Markdown, markdownDocument, md, table } from '../../foundation/text/markdown.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import {
  differenceOf,
  distributionLines,
  frequencyOf,
  headlineOf,
  leftLines,
  problemsBesides,
  reachOf,
  untestedText,
} from './sentences.ts';

/** The check as GitHub-flavoured Markdown. */
export function renderDriftMarkdown(result: DriftResult): string {
  const { accepted, findings, notTested, verdict } = result;
  const { mark, word } = VERDICTS[verdict];
  return markdownDocument(
    md`## ${mark} ${word}: contract drift`,
    md`${headlineOf(result)}`,
    findings.length === 0 ? undefined : findingsTable(findings),
    md`${reachOf(result)}.`,
    list([
      ...accepted.map((it) => md`accepted until ${it.suppressedBy?.expires ?? ''}: ${code(it.rule)} ${code(it.id)}`),
      ...distributionLines(result),
      ...notTested.map((one) => md`not tested: ${untestedText(one)}`),
      ...leftLines(result),
      ...problemsBesides(result).map((problem) => md`problem: ${problem}`),
    ]),
  );
}

function findingsTable(findings: DriftResult['findings']): Markdown {
  const rows = findings.map((finding) => [
    finding.class + (finding.notice ? ' (notice)' : ''),
    code(finding.rule),
    code(finding.template),
    code(differenceOf(finding)),
    frequencyOf(finding),
    code(finding.id),
  ]);
  return table(['Class', 'Rule', 'Where', 'What', 'In', 'Finding'], rows, 'llllll');
}
