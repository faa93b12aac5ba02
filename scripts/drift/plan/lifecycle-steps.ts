import type { ProbeTurn, Step } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATION_PATH } from '../../../contracts/paths.ts';
import { MAIN, post, readStep } from './steps.ts';

/** Kind of the probe that says something in a removed conversation. */
export const INTO_REMOVED = 'DT';

/** So long an event must last at least; what is lost later no check waits for. */
const LASTS_MS = 60_000;

/** A turn into a conversation that was removed: it is as unknown as one that never was. */
export function turnIntoRemoved(of: number, { role, content }: ProbeTurn): Step {
  const expect = { condition: 'turn-into-removed', statuses: [500], tolerated: [404, 410] };
  return { ...post(INTO_REMOVED, JSON.stringify({ interactionId: '{conversation}', role, content }), expect), of };
}

/** Kind of the probe that removes what was removed. */
export const REMOVED_AGAIN = 'DA';

/** The removal of a conversation that is gone: it is answered as that of one that never was. */
export function removeAgain(of: number): Step {
  return {
    do: 'send',
    kind: REMOVED_AGAIN,
    operation: 'delete-conversation',
    method: 'DELETE',
    path: CONVERSATION_PATH,
    of,
    auth: MAIN,
    expect: { condition: 'removed-conversation', statuses: [200, 204] },
  };
}

/** Reads a conversation once more when a minute has passed. */
export function lateReadStep(of: number): Step {
  return { ...readStep(), of, pauseMs: LASTS_MS, looks: 1 };
}
