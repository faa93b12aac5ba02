import type { DriftResult } from '../../../contracts/generated/findings.ts';
import { workflowCommand } from '../../foundation/text/workflow-command.ts';
import { levelOf } from './sarif.ts';
import { differenceOf, frequencyOf } from './sentences.ts';

const ANNOTATIONS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** One annotation of the workflow run a finding. */
export function renderAnnotations({ findings, judge }: DriftResult): string {
  return findings
    .map((finding) =>
      workflowCommand(
        ANNOTATIONS[levelOf(finding, judge)],
        `${finding.class} drift, ${finding.rule}`,
        `${finding.template} ${differenceOf(finding)}, in ${frequencyOf(finding)}`,
      ),
    )
    .join('');
}
