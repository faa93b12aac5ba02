import type { Step } from '../../contracts/generated/drift-plan.ts';
import { exchange, type Place } from './exchange.ts';
import { walk } from './walk.ts';

/** Events of every answer to a probe, those of probes that should have been refused among them. */
const begun = new Set<string>();

export function rememberEvents(ids: readonly string[]): void {
  for (const id of ids) begun.add(id);
}

/** Removes what probes began and nobody has removed: where access was granted that is denied, or a conversation was not found. */
export async function tidy(step: Step, place: Place): Promise<void> {
  const left: string[] = [];
  await walk(step, place, ({ id, events }) => {
    if (events.some((event) => begun.has(event))) left.push(id);
    return false;
  });
  const path = '/v2/hc-interactions/{conversation}/public';
  const removal: Step = { ...step, operation: 'delete-conversation', method: 'DELETE', path };
  for (const conversation of new Set(left)) await exchange(place, removal, { conversation });
}
