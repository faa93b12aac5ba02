import { compositionOf, rolesFor } from '../composition.ts';
import type { Rule } from './rule.ts';

export const eventMissing: Rule = {
  id: 'event-missing',
  class: 'breaking',
  why: 'The answer holds an event for all that a turn creates: a client that reads the reply by its place finds nothing.',
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'missing'
      ? { path: ['body'], expected: { roles: rolesFor(turn) }, value: events.map(({ role }) => role) }
      : undefined,
};
