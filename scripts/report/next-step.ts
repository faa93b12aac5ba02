import { parseMetric } from '../../contracts/gate-metric.ts';
import type { Result } from '../../contracts/generated/result.ts';

/** What a reader does after a run. */
export interface NextStep {
  /** As `Tell which turns they were`. */
  readonly what: string;
  /** The command that does it; `<folder>` is the run's own. */
  readonly command: string;
}

const KEY_CHECK: NextStep = { what: 'Check the key, its scopes and the service', command: 'fini-harness doctor' };
const KEEP: NextStep = {
  what: 'Add it to a baseline, to compare later runs with',
  command: 'fini-harness baseline add main <folder>',
};
export const LOOK: NextStep = { what: 'Look at the turns one by one', command: 'fini-harness view' };
const COMPARE: NextStep = { what: 'Compare it with earlier runs', command: 'fini-harness compare main <folder>' };
export const DRIFT: NextStep = { what: 'Check what else changed in the API', command: 'fini-harness drift --plan' };

/** What to do next, by the reason of the verdict; nothing where the reason or a problem already says it. */
export function nextStepsOf(result: Result): readonly NextStep[] {
  switch (result.reason) {
    case 'gates-met':
      return [KEEP, COMPARE];
    case 'gates-failed':
      return afterFailure(result);
    case 'key-refused':
    case 'scope-missing':
    case 'target-unreached':
      return [KEY_CHECK];
    case 'audit':
      return [LOOK];
    case 'gates-undecided':
    case 'no-gates':
    case 'problem':
      return [];
    default:
      return result.reason satisfies never;
  }
}

function afterFailure({ gates }: Result): readonly NextStep[] {
  const failed = gates.filter(({ verdict }) => verdict === 'fail');
  const families = new Set(failed.map(({ metric }) => parseMetric(metric)?.family));
  if (families.has('violations')) return [LOOK, DRIFT];
  return families.size === 1 && families.has('late') ? [] : [LOOK, COMPARE];
}
