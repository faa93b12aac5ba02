import { redact } from './redact.ts';
import { cut } from './unicode.ts';

const LONGEST = 80;
/** Enough that redaction sees a whole secret before the name is cut. */
const READ = 1_000;

const DIGIT = /\d/;
const NUMBER = /^\d+$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const DATE = /\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?/g;
const WORD = /[A-Za-z0-9]+/g;
const STARS = /\*(?:[-_.:]?\*)+/g;

/**
 * The name of a property with a star for what looks like an id, a date or an address in it: `customer_*`. An object whose
 * keys are ids is a map, and its keys are data: equal patterns are one property.
 */
export function keyPattern(name: string): string {
  if (!DIGIT.test(name)) return shortName(name);
  if (NUMBER.test(name)) return '*';
  const safe = redact(cut(name, READ));
  const folded = safe.replace(UUID, '*').replace(DATE, '*').replace(WORD, foldId).replace(STARS, '*');
  return shortName(folded);
}

/** A name as it came, of at most 80 characters. */
export function shortName(name: string): string {
  if (name.length <= LONGEST) return name;
  const safe = redact(cut(name, READ));
  return safe.length <= LONGEST && name.length <= READ ? safe : `${cut(safe, LONGEST - 1)}…`;
}

/** A long number, a hexadecimal one, or letters and digits mixed as in ULIDs and other random ids. */
function foldId(word: string): string {
  const runs = word.match(/\d+/g) ?? [];
  const digits = runs.join('').length;
  const isNumber = digits === word.length && digits >= 5;
  const isHexadecimal = word.length >= 8 && digits >= 2 && /^[0-9a-f]+$/i.test(word);
  const isRandom = word.length >= 16 && digits >= 4 && runs.length >= 3;
  return isNumber || isHexadecimal || isRandom ? '*' : word;
}
