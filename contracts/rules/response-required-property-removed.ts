import type { Rule } from './rule.ts';

export const responseRequiredPropertyRemoved: Rule = {
  id: 'response-required-property-removed',
  class: 'breaking',
  why: 'Every event has exactly 14 properties and every article 3; absent is not null.',
  find: ({ presence }) => presence.removed,
};
