import { eventList } from '../edit.ts';
import type { Operator } from '../operator.ts';

const LASTS_MS = 30_000;
const LATE_MS = 3_000;

/** Where conversations begin, how long events last, and when they are seen. */
export const LIFECYCLE: readonly Operator[] = [
  {
    id: 'start-resumed',
    title: "a start lands in the agent's latest conversation",
    on: ['START'],
    policies: ['resume-latest'],
  },
  {
    id: 'deleted-continued',
    title: 'a turn into a deleted conversation is accepted',
    on: ['POST'],
    policies: ['continue-deleted'],
  },
  {
    id: 'event-vanishes',
    title: 'Get shows no replies that are older than 30 seconds',
    on: ['G'],
    answer: eventList((events) => {
      const lasting = events.filter(
        ({ role, createdAt }) => role !== 'finibot' || Number(createdAt) > Date.now() - LASTS_MS,
      );
      events.splice(0, events.length, ...lasting);
    }),
  },
  {
    id: 'visible-late',
    title: 'Get shows events three seconds after their answers',
    on: ['G'],
    answer: eventList((events) => {
      const visible = events.filter(({ createdAt }) => Number(createdAt) < Date.now() - LATE_MS);
      events.splice(0, events.length, ...visible);
    }),
  },
];
