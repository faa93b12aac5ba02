import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { code, list, type Markdown, markdownDocument, md, table } from '../../foundation/text/markdown.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import {
  differenceOf,
  distributionLines,
  frequencyOf,
  leftLines,
  problemText,
  reachOf,
  untestedText,
} from './sentences.ts';

/** The check as GitHub-flavoured Markdown. */
export function renderDriftMarkdown(result: DriftResult): string {
  const { accepted, findings, notTested, problems, verdict } = result;
  const { mark, word } = VERDICTS[verdict];
  return markdownDocument(
    md`## ${mark} ${word}: contract drift`,
    findings.length === 0 ? md`No finding.` : findingsTable(findings),
    md`${reachOf(result)}.`,
    list([
      ...accepted.map((it) => md`accepted until ${it.suppressedBy?.expires ?? ''}: ${code(it.rule)} ${code(it.id)}`),
      ...distributionLines(result),
      ...notTested.map((one) => md`not tested: ${untestedText(one)}`),
      ...leftLines(result),
      ...problems.map((problem) => md`problem: ${problemText(problem)}`),
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
