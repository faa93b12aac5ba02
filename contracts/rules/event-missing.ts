import { compositionOf, rolesFor } from '../composition.ts';
import type { Rule } from './rule.ts';

export const eventMissing: Rule = {
  id: 'event-missing',
  class: 'breaking',
  why: 'The answer contains every event that the turn creates. Clients read the reply by its position.',
  find: ({ turn, events }) =>
    compositionOf(turn, events) === 'missing'
      ? { path: ['body'], expected: { roles: rolesFor(turn) }, value: events.map(({ role }) => role) }
      : undefined,
};
