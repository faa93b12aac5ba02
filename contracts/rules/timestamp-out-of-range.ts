import { isEpochMs, isOtherEpoch } from '../timestamp.ts';
import type { Rule } from './rule.ts';

export const timestampOutOfRange: Rule = {
  id: 'timestamp-out-of-range',
  class: 'breaking',
  why: 'Events were created in our times: zero, a negative number or a small one is no time of theirs.',
  find: ({ events }) =>
    events.flatMap(({ createdAt }, index) =>
      createdAt === undefined || isEpochMs(createdAt) || isOtherEpoch(createdAt)
        ? []
        : [{ path: ['body', index, 'createdAt'], expected: { type: 'integer', unit: 'ms' }, value: createdAt }],
    ),
};
