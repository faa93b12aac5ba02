import type { Problem } from '../../../contracts/generated/result.ts';
import { share as shareOf } from '../../foundation/statistics/share.ts';
import type { Trial } from './trial.ts';

/** Late starts that a run may have, unless a gate says otherwise. */
const LATE_SHARE = 0.005;
/** Late starts that raise latencies by less change nothing that a gate or a comparison could tell. */
const LEAST_SHIFT = 0.03;

/**
 * More turns left late than may. The load was not the planned one where that is sure, by the interval of their share, and
 * where latencies show it; else it is a notice, as in the closed model, whose latencies count from sending. Undefined where
 * starts were on time.
 */
export function lateStarts({ plan, measurements: { shares, lateness } }: Trial): Problem | undefined {
  const { worst: count, n, deff } = shares.late;
  const gate = plan.gates.find(({ metric, op }) => metric === 'late.share' && op.startsWith('<'));
  const limit = gate?.limit ?? LATE_SHARE;
  const { value, lower } = shareOf(count, n, deff);
  if (value === null || value <= limit) return undefined;
  const isSure = (lower ?? 0) > limit && (lateness?.shift ?? 0) > LEAST_SHIFT;
  return { code: 'late-starts', severity: isSure ? 'invalid' : 'notice', count };
}
