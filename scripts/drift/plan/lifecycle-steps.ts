import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { post, readStep } from './steps.ts';

/** Kind of the probe that says something in a removed conversation. */
export const INTO_REMOVED = 'DT';

/** So long an event must last at least; what is lost later no check waits for. */
const LASTS_MS = 60_000;

/** A turn into a conversation that was removed: it is as unknown as one that never was. */
export function turnIntoRemoved(of: number, { role, content }: ProbeTurn): Step {
  const expect = { condition: 'turn-into-removed', statuses: [500], tolerated: [404, 410] };
  return { ...post(INTO_REMOVED, JSON.stringify({ interactionId: '{conversation}', role, content }), expect), of };
}

/** Reads a conversation once more when a minute has passed. */
export function lateReadStep(of: number): Step {
  return { ...readStep(), of, pauseMs: LASTS_MS, looks: 1 };
}
