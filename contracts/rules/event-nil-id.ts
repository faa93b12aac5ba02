import type { Rule } from './rule.ts';

export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

export const eventNilId: Rule = {
  id: 'event-nil-id',
  class: 'behavioural',
  why: 'The nil UUID identifies nothing (RFC 9562, 5.9).',
  find: ({ events }) => {
    const index = events.findIndex(({ id }) => id === NIL_UUID);
    return index < 0 ? undefined : { path: ['body', index, 'id'], expected: { not: NIL_UUID }, value: NIL_UUID };
  },
};
