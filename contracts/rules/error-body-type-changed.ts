import type { Rule } from './rule.ts';

export const errorBodyTypeChanged: Rule = {
  id: 'error-body-type-changed',
  class: 'breaking',
  why: 'The error envelope is an object.',
  find: ({ breaches }) => breaches.filter(({ path }) => path.length === 1),
};
