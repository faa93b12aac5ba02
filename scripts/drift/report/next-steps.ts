import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { NextStep } from '../../report/next-step.ts';
import { isFailing } from '../verdict.ts';

const STORE: NextStep = {
  what: 'Store this check as a baseline for later ones',
  command: 'fini-harness drift accept <folder>',
};
const KEY_CHECK: NextStep = { what: 'Check the key and the service', command: 'fini-harness doctor' };

/** What to do after a check, by its verdict; `<folder>` is that of the check. */
export function driftSteps({ verdict, findings, judge, problems }: DriftResult): readonly NextStep[] {
  if (verdict === 'pass') return [STORE];
  const failing = findings.find((finding) => isFailing(finding, judge));
  if (failing !== undefined) {
    return [
      {
        what: 'Accept a finding that is intended',
        command: `fini-harness drift accept ${failing.id} --reason <text> --owner <name> --expires <date>`,
      },
    ];
  }
  return problems.some(({ code }) => code === 'turns-unjudged') ? [KEY_CHECK] : [];
}
