import { uuid } from '../../random.ts';
import { eachEvent, eachReply, eventList, make, set } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Order and number of events, echo, ids, continuity and times. */
export const SEQUENCE: readonly Operator[] = [
  {
    id: 'M058',
    title: 'the reply before the user event',
    on: ['U'],
    answer: eventList((events) => void events.reverse()),
  },
  {
    id: 'M061',
    title: 'the reply twice, with the same id',
    on: ['U'],
    answer: eventList((events) => void events.push({ ...events.at(-1) })),
  },
  {
    id: 'M064',
    title: 'nothing in the answer to another role',
    on: ['R'],
    answer: eventList((events) => void events.splice(0)),
  },
  { id: 'M067', title: 'a role left out is not user', on: ['O'], policies: ['role-omitted-is-agent'] },
  {
    id: 'M070',
    title: 'markup of the message escaped',
    on: ['H'],
    stored: (events) => {
      for (const event of events) if (event.role !== 'finibot') event.message = escapeMarkup(event.message);
    },
  },
  {
    id: 'M073',
    title: 'the whole conversation in the answer',
    on: ['C'],
    answer: (answer, { conversation }) => {
      answer.body = structuredClone(conversation?.events);
    },
  },
  {
    id: 'M076',
    title: 'the reply has the id of the user event',
    on: ['U'],
    generated: (reply, incoming) => {
      reply.id = incoming.id;
    },
  },
  { id: 'M079', title: 'interactionId is ignored', on: ['C'], policies: ['start-anew'] },
  {
    id: 'M082',
    title: "another workspace's conversation can be continued",
    on: ['POST'],
    policies: ['accept-foreign-conversation'],
  },
  {
    id: 'M085',
    title: 'createdAt stands still',
    on: ['U'],
    stored: (events, { world }) => {
      for (const event of events) {
        const frozen = (world.memory.get('M085') as number | undefined) ?? event.createdAt;
        world.memory.set('M085', frozen);
        event.createdAt = frozen;
      }
    },
  },
  {
    id: 'M088',
    title: 'createdAt of the user event is when the reply was done',
    on: ['U'],
    generated: (reply, incoming) => {
      incoming.createdAt = reply.createdAt;
    },
  },
  {
    id: 'reply-missing',
    title: 'no reply in the answer',
    on: ['U'],
    answer: eventList((events) => void events.splice(1)),
  },
  {
    id: 'event-missing',
    title: 'the user event is not in the answer',
    on: ['U'],
    answer: eventList((events) => void events.splice(0, 1)),
  },
  {
    id: 'reply-repeated',
    title: 'the reply twice, with two ids',
    on: ['U'],
    answer: eventList((events, { random }) => void events.push({ ...events.at(-1), id: uuid(random) })),
  },
  {
    id: 'event-added',
    title: 'an event of a type of its own after the reply',
    on: ['U'],
    answer: eventList(
      (events, { random }) => void events.push({ ...events.at(-1), id: uuid(random), type: 'typing', message: '' }),
    ),
  },
  {
    id: 'reply-to-others',
    title: 'an AI reply to a turn of another role',
    on: ['R'],
    answer: eventList((events, { random }) => void events.push({ ...events[0], id: uuid(random), role: 'finibot' })),
  },
  {
    id: 'event-twice',
    title: 'the stored event twice, for another role',
    on: ['R'],
    answer: eventList((events) => void events.push({ ...events[0] })),
  },
  {
    id: 'role-echoed-wrong',
    title: 'another role is stored as user',
    on: ['R'],
    answer: eachEvent(set('role', 'user')),
  },
  {
    id: 'reply-before-question',
    title: 'the reply is older than its question',
    on: ['U'],
    answer: eachReply(make('createdAt', (value) => Number(value) - 600_000)),
  },
  ...(
    [
      ['echo-trimmed', 'blanks at the ends are cut off', 'W', (message: string) => message.trim()],
      ['echo-normalised', 'the message is normalised to NFKC', 'N', (message: string) => message.normalize('NFKC')],
      [
        'echo-ascii',
        'characters beyond ASCII become question marks',
        'N',
        (message: string) => message.replace(/[^ -~\s]/g, '?'),
      ],
      ['echo-cut', 'the message is cut after 500 characters', 'X', (message: string) => message.slice(0, 500)],
      [
        'echo-lower',
        'the message in lower case, with a blank at its end',
        'U',
        (message: string) => `${message.toLowerCase()} `,
      ],
      ['echo-stripped', 'tags are taken out of the message', 'H', (message: string) => message.replace(/[<>&]/g, '')],
    ] as const
  ).map(([id, title, kind, change]) => ({ id, title, on: [kind], stored: echo(change) })),
  {
    id: 'id-repeated',
    title: 'the id of an earlier reply again',
    on: ['U'],
    generated: (reply, _, { world }) => {
      const first = (world.memory.get('id-repeated') as string | undefined) ?? reply.id;
      world.memory.set('id-repeated', first);
      reply.id = first;
    },
  },
  {
    id: 'clock-skew',
    title: 'createdAt an hour late',
    on: ['TURN'],
    stored: (events) => {
      for (const event of events) event.createdAt += 3_600_000;
    },
  },
];

function echo(change: (message: string) => string): NonNullable<Operator['stored']> {
  return (events) => {
    for (const event of events) if (event.role !== 'finibot') event.message = change(event.message);
  };
}

function escapeMarkup(message: string): string {
  return message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
