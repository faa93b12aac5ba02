import { createHash } from 'node:crypto';
import { expectation } from '../expectations.ts';
import { events, type Json, type Mutation } from './mutation.ts';

const ID = /\/id$/;

/** The ids of a turn's events by a rule; `n` counts them. */
const ids = (idOf: (n: number, event: Json) => string): NonNullable<Mutation['changeResponse']> => {
  const given = new Map<string, string>();
  const change = (event: Json): void => {
    const known = given.get(String(event.id)) ?? idOf(given.size + 1, event);
    given.set(String(event.id), known);
    event.id = known;
  };
  return (response, request, memory) => {
    for (const operation of ['turn', 'get', 'list'] as const) events(operation, change)(response, request, memory);
  };
};
/** Replies have the ids of their questions, with another last digit. */
function pairs(): NonNullable<Mutation['changeResponse']> {
  const given = new Map<string, string>();
  const change = (event: Json): void => void Object.assign(event, { id: given.get(String(event.id)) ?? event.id });
  return (response, request, memory) => {
    const body = response.body as Json[];
    if (request.operation === 'turn' && response.status === 200 && body.length === 2) {
      const [asked, replied] = body.map(({ id }) => String(id)) as [string, string];
      const last = (Number.parseInt(asked.slice(-1), 16) + 1) % 16;
      given.set(replied, asked.slice(0, -1) + last.toString(16));
    }
    for (const operation of ['turn', 'get', 'list'] as const) events(operation, change)(response, request, memory);
  };
}

const uuid = (high: string, low: number | bigint): string => {
  const hex = (high + low.toString(16).padStart(32 - high.length, '0')).slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** Ids that can be guessed. */
export const IDENTITIES: readonly Mutation[] = [
  {
    id: 'ids-counter',
    title: 'ids of events count',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n) => uuid('5f3a9c017be24d18', n)),
  },
  {
    id: 'ids-times',
    title: 'ids of events are times',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n, { createdAt }) => uuid('', BigInt(Number(createdAt)) * 1_000n + BigInt(n))),
  },
  {
    id: 'ids-steps',
    title: 'ids of events are a few apart',
    expected: expectation('behavioural', ID),
    changeResponse: ids((n) => uuid('a1b2c3d4e5f60718', 7_919 * n + (n % 5))),
  },
  {
    id: 'ids-hashed',
    title: 'the id of an event is the hash of its text',
    expected: expectation('behavioural', ID),
    changeResponse: ids((_, { message }) =>
      uuid(
        createHash('sha256')
          .update(String(message).replace(/\[ref.*/, ''))
          .digest('hex')
          .slice(0, 32),
        0,
      ),
    ),
  },
  {
    id: 'ids-pairs',
    title: 'the id of a reply is that of its question and one',
    expected: expectation('behavioural', ID),
    changeResponse: pairs(),
  },
];
