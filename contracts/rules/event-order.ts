import { compositionOf, rolesFor } from '../composition.ts';
import type { Rule } from './rule.ts';

export const eventOrder: Rule = {
  id: 'event-order',
  class: 'behavioural',
  why: 'The stored event comes first, then the reply. Clients read them by position.',
  unless: ['event-nil-id', 'event-duplicate-id'],
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'order'
      ? { path: ['body'], expected: { roles: rolesFor(turn) }, value: events.map(({ role }) => role) }
      : undefined,
};
