import { hashOf } from '../hashes.ts';
import { wordsOf } from './marks.ts';
import type { Said } from './wording.ts';

/** Compounds are of longer parts than words that lost the blank between them, and of one reply few are new. */
const LEAST_PART = 2;
const LEAST_WORDS = 2;
const MOST = 0.75;

/** Words that no accepted run had, each of two that one had: where most replies have several, blanks were lost. */
export function gluedWords(replies: readonly Said[], known: readonly ReadonlySet<string>[]): readonly string[] {
  const kinds = new Map<string, boolean>();
  const isKnown = (word: string): boolean => {
    const hash = hashOf(word);
    return known.some((set) => set.has(hash));
  };
  const isGlued = (word: string): boolean => {
    const kind = kinds.get(word) ?? (!isKnown(word) && splits(word).some((parts) => parts.every(isKnown)));
    kinds.set(word, kind);
    return kind;
  };
  const found = replies.map(({ message }) => wordsOf(message).filter(isGlued));
  const shown = found.filter(({ length }) => length >= LEAST_WORDS);
  return shown.length >= MOST * replies.length ? [...new Set(shown.flat())] : [];
}

function splits(word: string): (readonly [string, string])[] {
  const letters = [...word];
  return letters
    .slice(0, Math.max(0, letters.length - 2 * LEAST_PART + 1))
    .map((_, index) => [letters.slice(0, index + LEAST_PART).join(''), letters.slice(index + LEAST_PART).join('')]);
}
