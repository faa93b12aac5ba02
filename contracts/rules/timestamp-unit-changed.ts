import { isOtherEpoch } from '../timestamp.ts';
import type { Rule } from './rule.ts';

const PROPERTIES = ['createdAt', 'externalCreatedAt'] as const;

export const timestampUnitChanged: Rule = {
  id: 'timestamp-unit-changed',
  class: 'breaking',
  why: 'createdAt and externalCreatedAt are epoch milliseconds; seconds, microseconds and nanoseconds are off by a factor of 1,000 or more.',
  find: ({ events }) =>
    events.flatMap((event, index) =>
      PROPERTIES.filter((property) => isOtherEpoch(event[property])).map((property) => ({
        path: ['body', index, property],
        expected: { type: 'integer', unit: 'ms' },
        value: event[property],
      })),
    ),
};
