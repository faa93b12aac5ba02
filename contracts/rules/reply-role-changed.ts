import { compositionOf } from '../composition.ts';
import type { Rule } from './rule.ts';

export const replyRoleChanged: Rule = {
  id: 'reply-role-changed',
  class: 'behavioural',
  why: 'The AI reply has the role finibot; clients use it to distinguish the assistant from people.',
  unless: ['event-nil-id', 'event-duplicate-id'],
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'reply-role'
      ? { path: ['body', 1, 'role'], expected: { const: 'finibot' }, value: events[1]?.role }
      : undefined,
};
