import type { Rule } from './rule.ts';

export const bodyNotJson: Rule = {
  id: 'body-not-json',
  class: 'breaking',
  why: 'The body of a 200 is one JSON text.',
  unless: ['content-encoding-broken', 'content-encoding-unread', 'response-media-type-changed', 'body-not-utf8'],
  find: ({ response: { body, json } }) =>
    json.ok ? undefined : { path: ['body'], expected: { type: 'array' }, value: body },
};
