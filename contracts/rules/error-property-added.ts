import type { Rule } from './rule.ts';

export const errorPropertyAdded: Rule = {
  id: 'error-property-added',
  class: 'additive',
  why: 'Nothing of the envelope is lost.',
  unless: ['error-leak', 'private-property-added'],
  find: ({ presence }) => presence.added,
};
