import type { Rule } from './rule.ts';

export const errorPropertyRemoved: Rule = {
  id: 'error-property-removed',
  class: 'breaking',
  why: 'The error envelope has statusCode, message and error on each documented code.',
  find: ({ presence: { removed, optional, renamed } }) => [...removed, ...optional, ...renamed],
};
