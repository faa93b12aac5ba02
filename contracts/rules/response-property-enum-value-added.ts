import type { Rule } from './rule.ts';

export const responsePropertyEnumValueAdded: Rule = {
  id: 'response-property-enum-value-added',
  class: 'breaking',
  why: 'The roles are a closed list: clients branch on them.',
  find: ({ breaches }) => breaches.filter(({ keyword }) => keyword === 'enum'),
};
