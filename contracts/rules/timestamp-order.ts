import type { Rule } from './rule.ts';

export const timestampOrder: Rule = {
  id: 'timestamp-order',
  class: 'behavioural',
  why: 'Events are listed in the order of their creation; equal times are fine.',
  unless: ['timestamp-unit-changed', 'timestamp-skew', 'event-order'],
  find: ({ events }) => {
    for (let index = 1; index < events.length; index++) {
      const value = events[index]?.createdAt;
      const previous = events[index - 1]?.createdAt;
      if (typeof value === 'number' && typeof previous === 'number' && value < previous) {
        return { path: ['body', index, 'createdAt'], expected: { notBefore: previous }, value };
      }
    }
    return undefined;
  },
};
