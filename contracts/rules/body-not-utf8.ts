import { around } from '../unicode.ts';
import type { Rule } from './rule.ts';

export const bodyNotUtf8: Rule = {
  id: 'body-not-utf8',
  class: 'breaking',
  why: 'JSON between systems is UTF-8 (RFC 8259, 8.1). A U+FFFD that the user did not send stands for a byte that is none.',
  unless: ['content-encoding-broken', 'response-media-type-changed'],
  find: ({ turn, response: { body } }) =>
    body.includes('\uFFFD') && !turn.content.includes('\uFFFD')
      ? { path: ['body'], expected: { charset: 'utf-8' }, value: around(body, body.indexOf('\uFFFD')) }
      : undefined,
};
