import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { plural } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import {
  differenceOf,
  distributionLines,
  frequencyOf,
  leftLines,
  problemText,
  reachOf,
  untestedText,
} from './sentences.ts';

/** The check for a terminal. */
export function renderDriftText(result: DriftResult, folder: string): string {
  const { verdict, findings, accepted, problems, notTested, counts } = result;
  const lines = [
    `Drift: ${verdict.toUpperCase()}`,
    '',
    ...findings.flatMap((finding) => [
      ...textTable([[`${finding.class}${finding.notice ? ' (notice)' : ''}`, finding.rule, finding.id]], 'lll', 0),
      `  ${finding.operation}, ${finding.condition}: ${finding.template}`,
      `  ${differenceOf(finding)}`,
      `  in ${frequencyOf(finding)}; ${finding.evidence[0] ?? ''}`,
    ]),
    ...(findings.length === 0 ? ['No finding.'] : []),
    ...accepted.map(
      ({ rule, id, suppressedBy }) => `accepted until ${suppressedBy?.expires}: ${rule} ${id}, ${suppressedBy?.reason}`,
    ),
    '',
    reachOf(result),
    `${plural(counts.requests, 'request')}, ${counts.unanswered} unanswered, ${plural(counts.outages, 'outage')}, ${counts.visibleLate} visible late`,
    ...distributionLines(result),
    ...notTested.map((one) => `not tested: ${untestedText(one)}`),
    ...problems.map((problem) => `problem: ${problemText(problem)}`),
    ...leftLines(result),
    `${folder}/report.html`,
  ];
  return textLines(lines);
}
