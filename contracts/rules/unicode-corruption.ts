import { around, isWellFormed } from '../unicode.ts';
import type { Rule } from './rule.ts';

const ESCAPE = /\\(?:u([dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F][\da-fA-F]{2}|u([dD][89a-fA-F][\da-fA-F]{2})|.)/g;

/** Where the first escape of a surrogate without its other half stands, or -1. The text is judged, since parsers repair it. */
function loneSurrogate(body: string): number {
  for (const match of body.matchAll(ESCAPE)) if (match[2] !== undefined) return match.index;
  return -1;
}

export const unicodeCorruption: Rule = {
  id: 'unicode-corruption',
  class: 'behavioural',
  why: 'Half a surrogate pair is not a character and cannot be encoded as UTF-8.',
  find: ({ turn, response: { body } }) => {
    if (!body.includes('\\ud') && !body.includes('\\uD')) return undefined;
    const index = loneSurrogate(body);
    return index < 0 || !isWellFormed(turn.content)
      ? undefined
      : { path: ['body'], expected: { unicode: 'well-formed' }, value: around(body, index) };
  },
};
