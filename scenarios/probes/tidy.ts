import type { Step } from '../../contracts/generated/drift-plan.ts';
import { CONVERSATION_PATH } from '../../contracts/paths.ts';
import { referencePrefix, runHash } from '../../contracts/reference.ts';
import { exchange, type Place } from './exchange.ts';
import { plan } from './plan.ts';
import { walk } from './walk.ts';

/** Events of every answer to a probe, those of probes that should have been refused among them. */
const begun = new Set<string>();

export function rememberEvents(ids: readonly string[]): void {
  for (const id of ids) begun.add(id);
}

/** What the references of this check begin with, and those of no other. */
const MARK = referencePrefix(runHash(plan.runId));

/** Removes what probes began and nobody has removed: where access was granted that is denied, or a conversation was not found. */
export async function tidy(step: Step, place: Place): Promise<void> {
  const left: string[] = [];
  await walk(step, place, ({ id, events, messages }) => {
    // A turn may have been stored and answered with an error: then only what it said tells whose it is.
    const isOurs = events.some((event) => begun.has(event)) || messages.some((message) => message.includes(MARK));
    if (isOurs) left.push(id);
    return false;
  });
  const removal: Step = { ...step, operation: 'delete-conversation', method: 'DELETE', path: CONVERSATION_PATH };
  for (const conversation of new Set(left)) await exchange(place, removal, { conversation });
}
