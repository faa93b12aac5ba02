import type { DriftPlan, Step } from '../../contracts/generated/drift-plan.ts';

/** Where nothing is known of the service: an answer takes so long, any other request a fraction of it. */
export const USUAL_ANSWER_MS = 4_000;
const REQUEST_MS = 300;

/** About how long the probes of a plan take: in each phase chains go side by side. */
export function probesMs({ chains, concurrency }: DriftPlan, answerMs: number): number {
  const phases = [...new Set(chains.map(({ phase }) => phase))];
  return phases.reduce((total, phase) => {
    const own = chains.filter((chain) => chain.phase === phase);
    const each = own.map(({ steps }) => steps.reduce((sum, step) => sum + stepMs(step, answerMs), 0));
    // What removes conversations goes one after the other.
    const width = phase < REMOVING ? concurrency : 1;
    const together = each.reduce((sum, ms) => sum + ms, 0) / width;
    return total + each.reduce((longest, ms) => Math.max(longest, ms), together);
  }, 0);
}

const REMOVING = 3;

/** About how long a step takes, with the pause before it. */
export function stepMs({ turn, pauseMs = 0 }: Step, answerMs: number): number {
  return pauseMs + (turn?.role === 'user' ? answerMs : REQUEST_MS);
}
