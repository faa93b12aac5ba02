import { DRIFT_RULES } from '../rules/index.ts';
import type { Group, Sighting } from '../sighting.ts';
import { isNotFound } from './readback/judge-removals.ts';

/** Whether what is wrong with a removal follows from what another one did. */
export function isOfRemoval(cause: Group, { sightings }: Group): boolean {
  const [a] = cause.sightings;
  // A removal of many that looks at the first only does not see that another one is not known.
  if (a?.rule === DRIFT_RULES.useAfterFree.id) return sightings.every(isOfUnknown);
  // A turn that starts a conversation of its own whatever it names does so after a removal, too.
  if (a?.rule === DRIFT_RULES.continuationIgnored.id) return sightings.every(isOfTurn);
  // What several share is removed for all of them, and goes on for none.
  if (a?.rule === DRIFT_RULES.foreignEvents.id) return sightings.every(isOfShared);
  if (a?.rule !== DRIFT_RULES.beyondTarget.id) return false;
  // What was removed with another one cannot be removed any more, nor read.
  const gone = new Set(cause.sightings.map(conversationOf));
  const isGone = (one: Sighting): boolean => isNotFound(one.probe) && gone.has(conversationOf(one));
  return sightings.every((one) => isRefused(one) && (isDelete(one) || isGone(one)));
}

const isOfUnknown = ({ rule, probe }: Sighting): boolean =>
  rule === DRIFT_RULES.invalidAccepted.id && probe.step.expect.condition === 'bulk-with-unknown-id';

const isOfTurn = ({ rule, probe }: Sighting): boolean =>
  rule === DRIFT_RULES.useAfterFree.id && probe.operation === 'generate-answer';

const isOfShared = ({ rule, probe: { chain, step } }: Sighting): boolean =>
  rule === DRIFT_RULES.beyondTarget.id ||
  (rule === DRIFT_RULES.validRefused.id && chain.phase === REMOVALS && step.turn !== undefined);
/** Phase of a plan. */
const REMOVALS = 3;

const isRefused = ({ rule }: Sighting): boolean => rule === DRIFT_RULES.validRefused.id;
const isDelete = ({ probe }: Sighting): boolean => probe.operation.startsWith('delete-');
const conversationOf = ({ probe }: Sighting): string | undefined => probe.exchange.conversation;
