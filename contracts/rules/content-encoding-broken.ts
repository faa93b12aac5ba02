import type { Rule } from './rule.ts';

/** The first magic byte of gzip: no JSON text and no page starts with it. */
const GZIP = '\u001f';

export const contentEncodingBroken: Rule = {
  id: 'content-encoding-broken',
  class: 'breaking',
  why: 'A body that is still compressed, or that the HTTP stack cannot decompress, is no answer.',
  find: ({ response: { body } }) =>
    body.startsWith(GZIP) ? { path: ['body'], expected: { encoding: 'identity' }, value: body } : undefined,
};
