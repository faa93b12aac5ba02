import type { Rule } from './rule.ts';

export const responsePropertyAdded: Rule = {
  id: 'response-property-added',
  class: 'additive',
  why: 'All documented properties are present; add the new property to the contract.',
  unless: ['private-property-added'],
  find: ({ presence }) => presence.added,
};
