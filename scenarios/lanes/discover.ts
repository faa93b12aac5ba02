import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import type { EventCore } from '../../contracts/response.ts';
import { sleepUntil } from './clock.ts';
import { lookFor, type Wanted } from './listing.ts';

/** Finds the conversation that an event belongs to; undefined when it cannot be found. */
export type Discover = (event: EventCore, conversation: number) => Promise<string | undefined>;

/**
 * The answer carries no conversation id, so it is looked up in List conversations by event id.
 * A lane looks for all its new conversations in one sweep.
 */
export function discoverer(lane: number): Discover {
  const wanted = new Map<string, Wanted>();
  let sweeping: Promise<void> | undefined;

  const sweep = async (conversation: number): Promise<void> => {
    // Whoever comes while a sweep is under way joins the next one: its pages may be past that conversation.
    await sweeping;
    if (wanted.size === 0) return;
    sweeping ??= lookFor(wanted, lane, conversation).finally(() => {
      sweeping = undefined;
    });
    await sweeping;
  };

  return async ({ id, createdAt }, conversation) => {
    let interactionId: string | undefined;
    const found = (found: string): void => {
      interactionId = found;
      wanted.delete(id);
    };
    wanted.set(id, { createdAt, found });
    for (const pause of LOOKS_MS) {
      await sleepUntil(Date.now() + pause);
      if (interactionId === undefined) await sweep(conversation);
      if (interactionId !== undefined) return interactionId;
    }
    wanted.delete(id);
    return undefined;
  };
}
