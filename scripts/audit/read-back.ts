import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import { LOOKS_MS } from '../../contracts/look-schedule.ts';
import type { ApiClient } from '../http/api-client.ts';
import { type StoredConversation, storedConversation } from '../http/stored-conversation.ts';

/** A conversation to read, and what it should show. */
export interface ReadingWanted {
  readonly interactionId: string;
  /** What it lacks of what it should hold, as event ids; undefined: of a turn that may never have been stored. */
  readonly lacks: (stored: StoredConversation) => readonly (string | undefined)[];
  /** Until when that may be invisible, epoch ms on this machine's clock. */
  readonly visibleBy: number;
}

/** What the service showed of a conversation in the end. */
export interface Reading {
  readonly interactionId: string;
  /** Undefined where no look showed it. */
  readonly stored: StoredConversation | undefined;
  /** HTTP status of the last look; 0 without an answer. */
  readonly status: number;
  /** Events that came into view only after the first look, with the time of the last look in vain, epoch ms. */
  readonly late: Readonly<Record<string, number>>;
}

export interface ReadBackOptions {
  readonly client: Pick<ApiClient, 'getConversation'>;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told of each conversation once, when nothing more is expected of it. */
  readonly onReading: (reading: Reading) => void;
}

/**
 * Reads conversations by Get conversation. One that lacks something is looked at again at 0.5, 1, 2, 5 and 10 s, or until
 * that should be visible: what is not there then, is not there.
 */
export async function readBack(wanted: readonly ReadingWanted[], options: ReadBackOptions): Promise<void> {
  const missed = new Map<ReadingWanted, Map<string, number>>();
  const late = new Map<ReadingWanted, Record<string, number>>();
  let pending = wanted;
  for (const [look, pause] of LOOKS_MS.entries()) {
    if (pending.length === 0) return;
    await setTimeout(pause, undefined, { signal: options.signal });
    const isLast = look === LOOKS_MS.length - 1;
    const again: ReadingWanted[] = [];
    const lookAt = async (one: ReadingWanted): Promise<void> => {
      const { interactionId, lacks, visibleBy } = one;
      const at = Date.now();
      const { status, body } = await options.client.getConversation(interactionId);
      const stored = status === 200 ? storedConversation(body) : undefined;
      const lacking = stored === undefined ? undefined : lacks(stored);
      if (lacking !== undefined) noteVisibility(one, lacking, at);
      if (lacking?.length !== 0 && !isLast && (look === 0 || Date.now() < visibleBy)) again.push(one);
      else options.onReading({ interactionId, stored, status, late: late.get(one) ?? {} });
    };
    await pMap(pending, lookAt, { concurrency: options.concurrency, signal: options.signal });
    pending = again;
  }

  function noteVisibility(one: ReadingWanted, lacking: readonly (string | undefined)[], at: number): void {
    const before = missed.get(one) ?? new Map<string, number>();
    for (const [eventId, missedAt] of before) {
      if (!lacking.includes(eventId)) late.set(one, { ...late.get(one), [eventId]: missedAt });
    }
    missed.set(one, new Map(lacking.flatMap((id) => (id === undefined ? [] : [[id, at] as const]))));
  }
}
