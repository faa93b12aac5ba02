import { envelope } from '../../api-error.ts';
import { uuid } from '../../random.ts';
import { isRecord } from '../../turn-request.ts';
import { eachEvent, eventList, make } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Cursors of the listing: before everything, and after everything. */
const FIRST_PAGE = Buffer.from('c:9999999999999999:0').toString('base64url');
const EMPTY_PAGE = Buffer.from('c:0:0').toString('base64url');

/** Paging, and what is read back of what was stored. */
export const PERSISTENCE: readonly Operator[] = [
  {
    id: 'M154',
    title: 'the cursor leads back to the first page',
    on: ['L'],
    answer: ({ body }) => {
      if (isRecord(body) && body.nextCursor !== null) body.nextCursor = FIRST_PAGE;
    },
  },
  {
    id: 'M157',
    title: 'there is always a next page',
    on: ['L'],
    answer: ({ body }) => {
      if (isRecord(body) && body.nextCursor === null) Object.assign(body, { hasMore: true, nextCursor: EMPTY_PAGE });
    },
  },
  { id: 'M160', title: 'Get lacks the newest event', on: ['G'], answer: eventList((events) => void events.pop()) },
  { id: 'M163', title: 'removing one removes another', on: ['D'], policies: ['delete-neighbour'] },
  {
    id: 'M166',
    title: 'the reply is not stored',
    on: ['U'],
    stored: (events) => {
      if (events[0]?.role === 'finibot') events.splice(0);
    },
  },
  { id: 'M169', title: 'the reply is stored before its question', on: ['U'], policies: ['reply-first'] },
  { id: 'M172', title: 'metadata is lost', on: ['M'], policies: ['forget-metadata'] },
  {
    id: 'M175',
    title: '500, but the events are stored',
    on: ['U'],
    answer: (answer) => {
      answer.status = 500;
      answer.body = envelope(500, 'Failed to generate answer');
    },
  },
  {
    id: 'event-lost',
    title: 'an event is answered, but not stored',
    on: ['TURN'],
    stored: (events, { random }) => {
      if (events[0]?.role !== 'finibot' || random() < 0.5) events.splice(0);
    },
  },
  {
    id: 'event-stored-twice',
    title: 'an event is stored a second time, with another id',
    on: ['TURN'],
    stored: (events, { random }) => {
      const [event] = events;
      if (event !== undefined && event.role !== 'finibot') events.push({ ...event, id: uuid(random) });
    },
  },
  {
    id: 'message-altered',
    title: 'Get shows another text',
    on: ['G'],
    answer: eachEvent(make('message', (text) => `${text} (edited)`)),
  },
  {
    id: 'time-altered',
    title: 'Get shows other times',
    on: ['G'],
    answer: eachEvent(make('createdAt', (at) => Number(at) + 60_000)),
  },
  {
    id: 'order-altered',
    title: 'Get shows the newest event first',
    on: ['G'],
    answer: eventList((events) => void events.reverse()),
  },
  { id: 'deleted-kept', title: 'removing says so, and removes nothing', on: ['D'], policies: ['keep-deleted'] },
  {
    id: 'list-order',
    title: 'oldest first in a page',
    on: ['L'],
    answer: ({ body }) => {
      if (isRecord(body) && Array.isArray(body.interactions)) body.interactions.reverse();
    },
  },
  {
    id: 'list-gap',
    title: 'a page lacks its last conversation',
    on: ['L'],
    answer: ({ body }) => {
      if (isRecord(body) && Array.isArray(body.interactions)) body.interactions.pop();
    },
  },
  {
    id: 'list-repeats',
    title: 'a page has its first conversation twice',
    on: ['L'],
    answer: ({ body }) => {
      if (!isRecord(body) || !Array.isArray(body.interactions) || body.interactions.length === 0) return;
      body.interactions.push(body.interactions[0]);
    },
  },
  {
    id: 'list-without-events',
    title: 'no events in the listing',
    on: ['L'],
    answer: ({ body }) => {
      if (!isRecord(body) || !Array.isArray(body.interactions)) return;
      for (const one of body.interactions) if (isRecord(one)) one.events = [];
    },
  },
];
