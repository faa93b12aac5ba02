import { isEpochMs, isOtherEpoch } from '../timestamp.ts';
import type { Rule } from './rule.ts';

export const timestampOutOfRange: Rule = {
  id: 'timestamp-out-of-range',
  class: 'breaking',
  why: 'Events are recent: zero, a negative or a small number is not a plausible time.',
  find: ({ events }) =>
    events.flatMap(({ createdAt }, index) =>
      createdAt === undefined || isEpochMs(createdAt) || isOtherEpoch(createdAt)
        ? []
        : [{ path: ['body', index, 'createdAt'], expected: { type: 'integer', unit: 'ms' }, value: createdAt }],
    ),
};
