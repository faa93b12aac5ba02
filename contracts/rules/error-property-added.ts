import type { Rule } from './rule.ts';

export const errorPropertyAdded: Rule = {
  id: 'error-property-added',
  class: 'additive',
  why: 'All documented properties of the envelope are present.',
  unless: ['error-leak', 'private-property-added'],
  find: ({ presence }) => presence.added,
};
