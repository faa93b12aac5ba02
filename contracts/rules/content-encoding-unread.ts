import { codingOf, UNDONE_CODINGS } from '../content-coding.ts';
import type { Rule } from './rule.ts';

export const contentEncodingUnread: Rule = {
  id: 'content-encoding-unread',
  class: 'additive',
  notice: true,
  why: 'The coding is legal (names compare without case and have aliases, RFC 9110, 8.4.1), but k6 cannot decode it, so the answer was not checked.',
  find: ({ response: { headers, body, json } }) => {
    const named = headers['content-encoding'];
    if (codingOf(named, body, json.ok) !== 'coded') return undefined;
    return { path: ['headers', 'content-encoding'], expected: { enum: UNDONE_CODINGS }, value: named };
  },
};
