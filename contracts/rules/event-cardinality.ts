import { compositionOf, rolesFor } from '../composition.ts';
import type { Rule } from './rule.ts';

export const eventCardinality: Rule = {
  id: 'event-cardinality',
  class: 'behavioural',
  why: 'A user turn creates the stored event and one AI reply; a turn of another role creates the stored event alone.',
  unless: [
    'event-nil-id',
    'event-duplicate-id',
    'response-property-enum-value-added',
    'response-property-const-changed',
  ],
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'cardinality'
      ? { path: ['body'], expected: { roles: rolesFor(turn) }, value: events.map(({ role }) => role) }
      : undefined,
};
