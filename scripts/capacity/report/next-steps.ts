import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { DRIFT, LOOK, type NextStep } from '../../report/next-step.ts';

const PLAN_AHEAD: NextStep = {
  what: 'Compare it with demand',
  command: 'fini-harness capacity --from <folder> --forecast <conversations per month> --peak-factor <n>',
};

/** What to do after a search: go on where its budget ended, and hold a rate against demand; `<folder>` is that of the search. */
export function capacitySteps({ capacity, forecast }: CapacityResult): readonly NextStep[] {
  const { reason, lambdaCert, warnings, violations } = capacity;
  const [enough] = warnings.flatMap((it) =>
    it.code === 'limit-not-reached' || it.code === 'objective-undecided' ? [it.budget] : [],
  );
  return [
    ...(violations > 0 ? [LOOK, DRIFT] : []),
    ...(reason.code === 'budget-spent'
      ? [
          {
            what: 'Continue with a larger budget; no turn is sent again',
            command: `fini-harness capacity --resume <folder> --budget ${enough ?? 2 * reason.budget}`,
          },
        ]
      : []),
    ...(lambdaCert === null || forecast !== undefined ? [] : [PLAN_AHEAD]),
  ];
}
