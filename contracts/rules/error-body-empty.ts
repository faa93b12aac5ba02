import type { Rule } from './rule.ts';

export const errorBodyEmpty: Rule = {
  id: 'error-body-empty',
  class: 'breaking',
  why: 'The documented errors have an envelope that describes the error.',
  find: ({ response: { body } }) =>
    body.trim() === '' ? { path: ['body'], expected: { type: 'object' }, value: body } : undefined,
};
