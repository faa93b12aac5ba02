import { DRIFT_RULES } from '../rules/index.ts';
import type { Group } from '../sighting.ts';

/** So many answers with ids that others had: then it is not known which conversation is whose. */
const MANY_REUSED = 8;
/** Rules on conversations that are known by the ids of their events. */
const OF_KNOWN =
  /^(foreign-(events|attributes)|conversation-|valid-request-refused|persistence|listed|readback|continuation|deletion|use-after|removed-listed)/;

/** Whether what is wrong with conversations follows from ids that name several events. */
export const isOfReusedIds = ({ sightings: [a, ...others] }: Group, { sightings }: Group): boolean =>
  a?.rule === DRIFT_RULES.idReused.id &&
  others.length + 1 >= MANY_REUSED &&
  sightings.every(
    ({ rule, probe: { exchange, operation } }) =>
      OF_KNOWN.test(rule) && (exchange.conversation !== undefined || operation === 'list-conversations'),
  );
