import { isJson } from '../media-type.ts';
import type { Rule } from './rule.ts';

export const responseMediaTypeChanged: Rule = {
  id: 'response-media-type-changed',
  class: 'breaking',
  why: 'Answers are application/json in UTF-8; parameters other than charset do not matter.',
  unless: ['content-encoding-broken'],
  find: ({ response: { headers, body } }) =>
    body.trim() === '' || isJson(headers['content-type'])
      ? undefined
      : {
          path: ['headers', 'content-type'],
          expected: { mediaType: 'application/json', charset: 'utf-8' },
          value: headers['content-type'],
        },
};
