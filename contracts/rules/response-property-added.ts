import type { Rule } from './rule.ts';

export const responsePropertyAdded: Rule = {
  id: 'response-property-added',
  class: 'additive',
  why: 'Nothing documented is lost; the contract should learn the property.',
  unless: ['private-property-added'],
  find: ({ presence }) => presence.added,
};
