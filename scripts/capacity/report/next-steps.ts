import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { NextStep } from '../../report/next-step.ts';

const PLAN_AHEAD: NextStep = {
  what: 'Compare it with demand',
  command: 'fini-harness capacity --from <folder> --forecast <conversations per month> --peak-factor <n>',
};

/** What to do after a search that found a rate; the reasons and warnings of the others say what to do. */
export const capacitySteps = ({ capacity, forecast }: CapacityResult): readonly NextStep[] =>
  capacity.lambdaCert === null || forecast !== undefined ? [] : [PLAN_AHEAD];
