import type { EventCore } from '../../contracts/response.ts';

/** What a conversation is found by: the first event that an answer created, and the time of the latest one. */
export interface FirstEvent extends Pick<EventCore, 'id' | 'createdAt'> {
  readonly latestAt: number;
}

/** Undefined where the answer was no valid event array. Never the whole event: its text may be very long. */
export function firstEventOf(events: readonly EventCore[]): FirstEvent | undefined {
  const first = events[0];
  if (first === undefined) return undefined;
  const { id, createdAt } = first;
  return { id, createdAt, latestAt: events.reduce((latest, event) => Math.max(latest, event.createdAt), createdAt) };
}
