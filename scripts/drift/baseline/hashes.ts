import { createHash } from 'node:crypto';

/** Hexadecimal digits: two texts share a hash once in sixteen million. */
const DIGITS = 6;

/** What stands for a text in a baseline, which keeps none. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, DIGITS);

/** The hashes of several texts as one text. */
export const joinedHashes = (texts: Iterable<string>): string =>
  [...new Set([...new Set(texts)].map(hashOf))].sort().join('');

export function hashesIn(joined: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: joined.length / DIGITS }, (_, at) => joined.slice(at * DIGITS, (at + 1) * DIGITS)),
  );
}
