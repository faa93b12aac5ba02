import { hashOf } from '../hashes.ts';
import { wordsOf } from './marks.ts';
import type { Said } from './wording.ts';

/** Compounds are of longer parts than words that lost the blank between them, and of one reply few are new. */
const LEAST_PART = 2;
const LEAST_WORDS = 2;
const MOST = 0.75;
/** Of the words that no accepted run had, so many are mangled ones: some others look like one by the accident of a hash. */
const SHARE = 0.5;
/** Shorter words are like each other by chance. */
const LEAST_LETTERS = 4;

/** Words that no accepted run had, each of one or two that one had: where most replies have several, a step behind the model mangles them. */
export function mangledWords(replies: readonly Said[], known: readonly ReadonlySet<string>[]): readonly string[] {
  const isKnown = (word: string): boolean => {
    const hash = hashOf(word);
    return known.some((set) => set.has(hash));
  };
  const kinds = new Map<string, 'known' | 'mangled' | 'new'>();
  const kindOf = (word: string): 'known' | 'mangled' | 'new' => {
    const kind = kinds.get(word) ?? (isKnown(word) ? 'known' : isMangled(word, isKnown) ? 'mangled' : 'new');
    kinds.set(word, kind);
    return kind;
  };
  const shown = replies.filter(
    ({ message }) => wordsOf(message).filter((word) => kindOf(word) === 'mangled').length >= LEAST_WORDS,
  );
  const all = [...kinds];
  const mangled = all.flatMap(([word, kind]) => (kind === 'mangled' ? [word] : []));
  const unknown = all.filter(([, kind]) => kind !== 'known').length;
  return shown.length >= MOST * replies.length && mangled.length >= SHARE * unknown ? mangled : [];
}

function isMangled(word: string, isKnown: (word: string) => boolean): boolean {
  const letters = [...word];
  if (splits(letters).some((parts) => parts.every(isKnown))) return true;
  return letters.length >= LEAST_LETTERS && undone(letters).some((one) => one !== word && isKnown(one));
}

function splits(letters: readonly string[]): (readonly [string, string])[] {
  return letters
    .slice(0, Math.max(0, letters.length - 2 * LEAST_PART + 1))
    .map((_, index) => [letters.slice(0, index + LEAST_PART).join(''), letters.slice(index + LEAST_PART).join('')]);
}

/** What the word may have been: with two letters the other way round, without one, with one twice, turned round, or further on. */
function undone(letters: readonly string[]): string[] {
  const middle = letters.slice(0, -1).map((_, index) => index);
  const swapped = middle.map((index) => replaced(letters, index, 2, `${letters[index + 1]}${letters[index]}`));
  // The beginning and the end of a word are others in many words that are right.
  const shorter = middle.slice(1, -1).map((index) => replaced(letters, index, 1, ''));
  const doubled = middle.map((index) => replaced(letters, index, 1, `${letters[index]}${letters[index]}`));
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  const moved = [`${last}${letters.slice(0, -1).join('')}`, `${letters.slice(1).join('')}${first}`];
  return [...swapped, ...shorter, ...doubled, ...moved, [...letters].reverse().join('')];
}

const replaced = (letters: readonly string[], at: number, count: number, by: string): string =>
  [...letters.slice(0, at), by, ...letters.slice(at + count)].join('');
