import { codingOf } from '../content-coding.ts';
import type { Rule } from './rule.ts';

export const contentEncodingBroken: Rule = {
  id: 'content-encoding-broken',
  class: 'breaking',
  why: 'A body whose coding differs from Content-Encoding, or is not registered, cannot be read.',
  find: ({ response: { headers, body, json } }) => {
    const named = headers['content-encoding'];
    const coding = codingOf(named, body, json.ok);
    if (coding === 'plain' || coding === 'coded') return undefined;
    if (coding === 'unlabelled') return { path: ['body'], expected: { encoding: 'identity' }, value: body };
    const expected = { coding: coding === 'unknown' ? 'registered' : 'as the body' };
    return { path: ['headers', 'content-encoding'], expected, value: named };
  },
};
