import type { PublicEvent } from '../../event.ts';
import type { World } from '../../exchange.ts';
import { draw, type Random, STREAM } from '../../random.ts';
import type { Operator } from '../operator.ts';

const LARGEST_STEP = 16;
/** Of 12 hex digits, so that the steps never overflow. */
const LARGEST_START = 2 ** 44;
/** UUIDs of version 1 count 100 ns. */
const TICKS_A_MS = 10_000;

/** Ids that somebody could guess. */
export const IDENTITY: readonly Operator[] = [
  {
    id: 'id-counter',
    title: 'ids of events are counted up',
    on: ['TURN'],
    stored: ids(({ memory }) => countedId(memory, 'events')),
  },
  {
    id: 'id-time',
    title: 'ids of events are their times',
    on: ['TURN'],
    stored: ids(({ memory }, { createdAt }) => timeId(createdAt, next(memory, 'id-time') % TICKS_A_MS)),
  },
  {
    id: 'id-steps',
    title: 'ids of events follow each other in small steps',
    on: ['TURN'],
    stored: ids(({ seed, memory }, _, random) => {
      const start = Math.floor(draw(seed, STREAM.variants, 16) * LARGEST_START);
      const last = (memory.get('id-steps') as number | undefined) ?? start;
      const id = last + 1 + Math.floor(random() * LARGEST_STEP);
      memory.set('id-steps', id);
      return `c2a1f0d4-7b36-4e58-9a0c-${id.toString(16).padStart(12, '0')}`;
    }),
  },
  {
    id: 'conversation-id-counter',
    title: 'ids of conversations are counted up',
    on: ['POST'],
    policies: ['count-conversations'],
  },
];

/** A UUID in form: the next number of a count. */
export function countedId(memory: Map<string, unknown>, what: string): string {
  return `00000000-0000-4000-8000-${next(memory, `count of ${what}`).toString(16).padStart(12, '0')}`;
}

function ids(make: (world: World, event: PublicEvent, random: Random) => string): NonNullable<Operator['stored']> {
  return (events, { world, random }) => {
    for (const event of events) event.id = make(world, event, random);
  };
}

/** As UUIDs of version 1 are made: a time, and the same node every time. */
function timeId(ms: number, tick: number): string {
  const digits = (BigInt(ms) * BigInt(TICKS_A_MS) + BigInt(tick)).toString(16).padStart(15, '0');
  return `${digits.slice(7)}-${digits.slice(3, 7)}-1${digits.slice(0, 3)}-8a2c-0242ac120002`;
}

function next(memory: Map<string, unknown>, name: string): number {
  const count = ((memory.get(name) as number | undefined) ?? 0) + 1;
  memory.set(name, count);
  return count;
}
