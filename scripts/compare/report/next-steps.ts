import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { DRIFT, LOOK, type NextStep } from '../../report/next-step.ts';

const ALTERNATE = 'fini-harness compare --interleave auto <baseline config> <candidate config> --plan';
const REPEAT: NextStep = { what: 'Plan a comparison that runs both sides alternately', command: ALTERNATE };
const DECIDE: NextStep = { what: 'Plan a comparison that runs until the outcome is decided', command: ALTERNATE };
const ADOPT: NextStep = {
  what: 'Add the candidate to the baseline',
  command: 'fini-harness baseline add main <candidate results>',
};

/** What to do after a comparison, by its outcome. */
export function comparisonSteps({ outcome, reasons, design }: Comparison): readonly NextStep[] {
  const codes = new Set(reasons.map(({ code }) => code));
  switch (outcome) {
    case 'regression':
      return [
        LOOK,
        ...(codes.has('contract-violated') ? [DRIFT] : []),
        ...(codes.has('slower') && design.kind !== 'interleaved' ? [REPEAT] : []),
      ];
    case 'no-regression':
      return [ADOPT];
    case 'inconclusive':
      return codes.has('no-runs') ? [] : [DECIDE];
    default:
      return outcome satisfies never;
  }
}
