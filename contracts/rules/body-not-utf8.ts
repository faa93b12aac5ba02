import type { Answer } from '../answer.ts';
import { around } from '../unicode.ts';
import type { Rule } from './rule.ts';

/** Where the text shows a byte that is no UTF-8, or -1. JSON starts with ASCII: a NUL beside it is half of a wider code unit. */
function foreignByte({ turn, response: { body, utf8 } }: Answer): number {
  const nul = body.slice(0, 4).indexOf('\0');
  if (nul >= 0) return nul;
  // What others wrote, in an answer to no turn, may hold a U+FFFD of theirs, if the bytes say so.
  const isSent = turn.content === '' ? utf8 === true : utf8 !== false && turn.content.includes('\uFFFD');
  return isSent ? -1 : body.indexOf('\uFFFD');
}

export const bodyNotUtf8: Rule = {
  id: 'body-not-utf8',
  class: 'breaking',
  why: 'JSON between systems is UTF-8 (RFC 8259, 8.1). A U+FFFD that the user did not send replaces an invalid byte.',
  unless: ['content-encoding-broken', 'content-encoding-unread', 'response-media-type-changed'],
  find: (answer) => {
    const place = foreignByte(answer);
    return place < 0
      ? undefined
      : { path: ['body'], expected: { charset: 'utf-8' }, value: around(answer.response.body, place) };
  },
};
