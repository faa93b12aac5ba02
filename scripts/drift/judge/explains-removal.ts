import { DRIFT_RULES } from '../rules/index.ts';
import type { Group, Sighting } from '../sighting.ts';

/** Whether what is wrong with a removal follows from what another one did. */
export function isOfRemoval({ sightings: [a] }: Group, { sightings }: Group): boolean {
  // A removal of many that looks at the first only does not see that another one is not known.
  if (a?.rule === DRIFT_RULES.useAfterFree.id) return sightings.every(isOfUnknown);
  // What was removed with another one cannot be removed any more.
  return a?.rule === DRIFT_RULES.beyondTarget.id && sightings.every(isRefused);
}

const isOfUnknown = ({ rule, probe }: Sighting): boolean =>
  rule === DRIFT_RULES.invalidAccepted.id && probe.step.expect.condition === 'bulk-with-unknown-id';

const isRefused = ({ rule, probe }: Sighting): boolean =>
  rule === DRIFT_RULES.validRefused.id && probe.operation.startsWith('delete-');
