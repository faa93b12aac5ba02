import type { Rule } from './rule.ts';

export const errorBodyNotJson: Rule = {
  id: 'error-body-not-json',
  class: 'breaking',
  why: 'The error envelope is JSON.',
  unless: [
    'error-body-empty',
    'content-encoding-broken',
    'content-encoding-unread',
    'response-media-type-changed',
    'body-not-utf8',
  ],
  find: ({ response: { body, json } }) =>
    json.ok ? undefined : { path: ['body'], expected: { type: 'object' }, value: body },
};
