import type { Event } from '../../../contracts/generated/event.ts';
import type { Probe } from '../sighting.ts';
import { conversationIn, pageIn } from './chain-view.ts';

/** The events that an answer shows, of a turn, of a conversation or of a page of them, each with its place. */
export function shownEvents(probe: Probe): { readonly event: Event; readonly place: string }[] {
  const { events = [], status } = probe.response;
  if (status !== 200) return [];
  const body = '/responses/200/body';
  const lists = [
    { events, place: body },
    { events: conversationIn(probe)?.events ?? [], place: `${body}/events` },
    ...(pageIn(probe)?.interactions ?? []).map((listed, at) => {
      return { events: listed.events, place: `${body}/interactions/${at}/events` };
    }),
  ];
  return lists.flatMap(({ events: shown, place }) => shown.map((event, at) => ({ event, place: `${place}/${at}` })));
}
