import type { Rule } from './rule.ts';

export const timestampOrder: Rule = {
  id: 'timestamp-order',
  class: 'behavioural',
  why: 'Events are listed in the order of their creation; equal times are fine.',
  unless: [
    'timestamp-unit-changed',
    'timestamp-out-of-range',
    'event-order',
    'event-cardinality',
    'response-property-const-changed',
  ],
  find: ({ events }) =>
    events.flatMap(({ createdAt }, index) => {
      const previous = events[index - 1]?.createdAt;
      return createdAt !== undefined && previous !== undefined && createdAt < previous
        ? [{ path: ['body', index, 'createdAt'], expected: { notBefore: previous }, value: createdAt }]
        : [];
    }),
};
