import { isMs, unitOf } from '../timestamp.ts';
import type { Rule } from './rule.ts';

export const timestampUnitChanged: Rule = {
  id: 'timestamp-unit-changed',
  class: 'breaking',
  why: 'createdAt and externalCreatedAt are epoch milliseconds; seconds, microseconds and nanoseconds are off by a factor of 1,000 or more.',
  find: ({ events }) => {
    for (let index = 0; index < events.length; index++) {
      for (const property of ['createdAt', 'externalCreatedAt'] as const) {
        const value = events[index]?.[property];
        const unit = typeof value === 'number' && !isMs(value) ? unitOf(value) : 'ms';
        if (unit !== 'ms') return { path: ['body', index, property], expected: { type: 'integer', unit: 'ms' }, value };
      }
    }
    return undefined;
  },
};
