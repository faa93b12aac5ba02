import { firstRepeat } from '../first-repeat.ts';
import type { Rule } from './rule.ts';

export const eventDuplicateId: Rule = {
  id: 'event-duplicate-id',
  class: 'behavioural',
  why: 'An event id names one event: analysis, discovery and clean-up rely on it.',
  unless: ['event-nil-id'],
  find: ({ events }) => {
    const index = firstRepeat(events.map(({ id }) => id));
    return index < 0
      ? undefined
      : { path: ['body', index, 'id'], expected: { unique: true }, value: events[index]?.id };
  },
};
