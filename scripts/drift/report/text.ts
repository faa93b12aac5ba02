import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { driftSteps } from './next-steps.ts';
import {
  differenceOf,
  distributionLines,
  frequencyOf,
  headlineOf,
  leftLines,
  problemsBesides,
  reachOf,
  requestsOf,
  untestedText,
} from './sentences.ts';

/** The check for a terminal. */
export function renderDriftText(result: DriftResult, folder: string): string {
  const { findings, accepted, notTested } = result;
  const { mark, word } = VERDICTS[result.verdict];
  const lines = [
    `${mark} DRIFT ${word.toUpperCase()}  ${headlineOf(result)}`,
    '',
    ...findings.flatMap((finding) => [
      ...textTable([[`${finding.class}${finding.notice ? ' (notice)' : ''}`, finding.rule, finding.id]], 'lll', 0),
      `  ${finding.operation}, ${finding.condition}: ${finding.template}`,
      `  ${differenceOf(finding)}`,
      `  in ${frequencyOf(finding)}; ${finding.evidence[0] ?? ''}`,
    ]),
    ...accepted.map(
      ({ rule, id, suppressedBy }) => `accepted until ${suppressedBy?.expires}: ${rule} ${id}, ${suppressedBy?.reason}`,
    ),
    ...(findings.length + accepted.length === 0 ? [] : ['']),
    reachOf(result),
    requestsOf(result),
    ...distributionLines(result),
    ...notTested.map((one) => `not tested: ${untestedText(one)}`),
    ...problemsBesides(result).map((problem) => `problem: ${problem}`),
    ...leftLines(result),
    ...driftSteps(result).map(({ what, command }) => `Next: ${what}: ${command.replace('<folder>', folder)}`),
    `Report: ${folder}/report.html`,
  ];
  return textLines(lines);
}
