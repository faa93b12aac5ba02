import exec from 'k6/execution';
import { settings } from './plan.ts';

/**
 * Which runner this k6 is, from 1, as its execution segment says: k6 names it the same way wherever it was started.
 * Undefined where the plan has one runner.
 */
export function runnerNumber(): number | undefined {
  const { runners } = settings;
  if (runners === undefined) return undefined;
  const { executionSegment } = exec.test.options as { executionSegment?: string };
  const [from = '0'] = (executionSegment ?? '').split(':');
  const [part, parts = '1'] = from.split('/');
  return Math.round((Number(part) / Number(parts)) * runners) + 1;
}
