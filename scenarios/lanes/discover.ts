import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import { sleepUntil } from './clock.ts';
import type { FirstEvent } from './first-event.ts';
import { lookFor, type Wanted } from './listing.ts';

/** Finds the conversation that an event belongs to; undefined when it cannot be found. */
export type Discover = (event: FirstEvent, conversation: number) => Promise<string | undefined>;

/**
 * Around the time of an answer's latest event, and from the second look on around all of them. A conversation is listed by its
 * latest message, so that a narrow window nearly always holds it, and few others that have to be read; where it does not, the
 * lane begins wider from then on.
 */
const MARGINS_MS = [20, 200, 2_000, 10_000, 60_000, 60_000] as const;

/** After so many searches in vain it is known that waiting does not help, and the next ones look twice, until one finds. */
const FEW = 2;
const TWICE = 2;

/**
 * The answer carries no conversation id, so it is looked up in List conversations by event id.
 * A lane looks for all its new conversations in one sweep. From `until` (epoch ms) on, when no turn may follow, it
 * looks once and not again.
 */
export function discoverer(lane: number, until: number): Discover {
  const wanted = new Map<string, Wanted>();
  let sweeping: Promise<void> | undefined;
  let narrowest = 0;
  let vain = 0;

  const sweep = async (conversation: number): Promise<void> => {
    // Whoever comes while a sweep is under way joins the next one: its pages may be past that conversation.
    await sweeping;
    if (wanted.size === 0) return;
    sweeping ??= lookFor(wanted, lane, conversation).finally(() => {
      sweeping = undefined;
    });
    await sweeping;
  };

  return async ({ id, createdAt, latestAt }, conversation) => {
    let interactionId: string | undefined;
    const found = (found: string): void => {
      interactionId = found;
      wanted.delete(id);
    };
    const looks = vain < FEW ? LOOKS_MS : LOOKS_MS.slice(0, TWICE);
    for (const [look, pause] of looks.entries()) {
      const margin = Math.min(narrowest + look, MARGINS_MS.length - 1);
      const lookAt = Date.now() + pause;
      if (look > 0 && lookAt >= until) {
        await sleepUntil(until);
        break;
      }
      await sleepUntil(lookAt);
      const marginMs = MARGINS_MS[margin] ?? 0;
      const earliest = margin === 0 ? latestAt : createdAt;
      wanted.set(id, { since: earliest - marginMs, until: latestAt + marginMs, anywhere: look > 0, found });
      await sweep(conversation);
      if (interactionId === undefined) continue;
      vain = 0;
      if (look > 0) narrowest = Math.min(narrowest + 1, MARGINS_MS.length - 1);
      return interactionId;
    }
    wanted.delete(id);
    vain += 1;
    return undefined;
  };
}
