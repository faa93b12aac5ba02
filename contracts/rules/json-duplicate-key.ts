import { repeatedKey } from '../json-keys.ts';
import type { Rule } from './rule.ts';

export const jsonDuplicateKey: Rule = {
  id: 'json-duplicate-key',
  class: 'behavioural',
  why: 'Parsers disagree on which of two equal keys wins (RFC 8259, 4).',
  find: ({ response: { body, json } }) => {
    const path = json.ok ? repeatedKey(body, json.value) : undefined;
    return path && { path: ['body', ...path], expected: { keys: 'unique' }, value: path[path.length - 1] };
  },
};
