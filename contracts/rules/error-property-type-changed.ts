import type { Rule } from './rule.ts';

export const errorPropertyTypeChanged: Rule = {
  id: 'error-property-type-changed',
  class: 'breaking',
  why: 'statusCode is an integer, message a string or strings, error a string.',
  find: ({ breaches }) => breaches.filter(({ path }) => path.length > 1),
};
