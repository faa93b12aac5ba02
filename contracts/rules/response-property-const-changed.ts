import type { Rule } from './rule.ts';

export const responsePropertyConstChanged: Rule = {
  id: 'response-property-const-changed',
  class: 'breaking',
  why: 'The one documented value changed: clients filter on it.',
  find: ({ breaches }) => breaches.filter(({ keyword }) => keyword === 'const'),
};
