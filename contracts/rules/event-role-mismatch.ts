import { compositionOf } from '../composition.ts';
import type { Rule } from './rule.ts';

export const eventRoleMismatch: Rule = {
  id: 'event-role-mismatch',
  class: 'behavioural',
  why: 'The stored event has the role under which the turn was sent.',
  unless: ['event-nil-id', 'event-duplicate-id'],
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'stored-role'
      ? { path: ['body', 0, 'role'], expected: { const: turn.role }, value: events[0]?.role }
      : undefined,
};
