import { leakPlace } from '../leak-place.ts';
import { around } from '../unicode.ts';
import type { Rule } from './rule.ts';

export const errorLeak: Rule = {
  id: 'error-leak',
  class: 'critical',
  why: "A stack trace, a query, a file path, a secret, an internal address or a person's e-mail address in an error reveals how the service is built or who uses it, or gives access to it.",
  unless: ['api-key-exposed'],
  find: ({ turn, response: { body, json } }) => {
    const leak = leakPlace(body, json, `${turn.content} ${turn.metadata ?? ''}`);
    return leak && { path: leak.path, expected: { leaks: 'none' }, value: around(leak.text, leak.at) };
  },
};
