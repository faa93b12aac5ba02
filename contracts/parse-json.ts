import type { ParsedBody } from './answer.ts';

/**
 * Deeper text is not parsed: RFC 8259 (9) leaves the limit to the parser. k6 parses by recursion, and a stack of a gigabyte
 * ends its whole process; Go's own decoder stops at the same depth.
 */
export const DEEPEST = 10_000;
/** A shorter text is not so deep. */
const SHALLOW = 2 * DEEPEST;

const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;
const NO_BRACKETS = /[^[\]{}]+/g;
const OPENING = /[[{]/g;

/** JSON from outside, whatever it is: never throws. */
export function parseJson(text: string): ParsedBody {
  try {
    if (text.length > SHALLOW && isTooDeep(text))
      return { ok: false, error: `nested more than ${DEEPEST} levels deep` };
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** Nearly every text has too few brackets; the rest is done by regular expressions, which k6 runs natively. */
function isTooDeep(text: string): boolean {
  if (text.replace(OPENING, '').length >= text.length - DEEPEST) return false;
  const brackets = text.replace(STRING, '').replace(NO_BRACKETS, '');
  let depth = 0;
  for (let index = 0; index < brackets.length; index++) {
    const isOpening = brackets[index] === '[' || brackets[index] === '{';
    depth += isOpening ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
