import { isDuration } from '../../../contracts/gate-metric.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { plannedSample, sampleNeeded } from './planned-sample.ts';
import { isHarmless } from './safety.ts';

/**
 * A smoke test in its own size is no sample for percentiles: the gates on them that its turns cannot decide, which a
 * configuration has for other scenarios, judge nothing, and every report says so.
 */
export function withoutStarved(plan: Plan, profile: Profile): Plan {
  const sample = isHarmless(plan, profile) ? plannedSample(plan) : undefined;
  if (sample === undefined) return plan;
  const starved = plan.gates.filter((gate) => isDuration(gate.metric) && sampleNeeded(gate) > sample);
  if (starved.length === 0) return plan;
  return {
    ...plan,
    gates: plan.gates.filter((gate) => !starved.includes(gate)),
    gatesStarved: [...new Set(starved.map(({ metric }) => metric))],
  };
}
