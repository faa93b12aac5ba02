import { expectation } from '../expectations.ts';
import { type Change, maker, saidByAi } from './changes.ts';
import type { Mutation } from './mutation.ts';

const said = expectation('behavioural', /\/message$/);
const made = maker('scramble');

/** What a customer stated is repeated as it was. */
const unlessRecalled = (change: (text: string) => string): Change =>
  saidByAi(({ message }) => {
    const text = String(message);
    return text.startsWith('The one that you gave me') ? text : change(text);
  });

const reply = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(id, title, said, unlessRecalled(change));

const words = (text: string, change: (word: string, index: number) => string): string => {
  let index = 0;
  return text.replace(/\p{L}+/gu, (word) => change(word, index++));
};
const alternating = (word: string): string =>
  [...word].map((letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
const HOMOGLYPHS: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с' };
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5' };
const MORSE = ['.-', '-...', '-.-.', '-..', '.', '..-.', '--.', '....', '..', '.---', '-.-', '.-..', '--'];
const sentences = (text: string): string[] => text.match(/[^.?!]+[.?!]*\s*/g) ?? [text];

/** Replies that a faulty step behind the model makes unreadable, each in another way. Written before any was run. */
export const SCRAMBLES: readonly Mutation[] = [
  reply('words-mirrored', 'the letters of each word stand the other way round', (text) =>
    words(text, (word) => [...word].reverse().join('')),
  ),
  reply('case-alternates', 'every second letter is a capital', (text) => words(text, alternating)),
  reply('letters-doubled', 'each letter comes twice', (text) => words(text, (word) => word.replace(/./gu, '$&$&'))),
  reply('one-doubled', 'one letter of each long word comes twice', (text) =>
    words(text, (word) => (word.length > 4 ? word.replace(/^(..)(.)/u, '$1$2$2') : word)),
  ),
  reply('last-lost', 'words lose their last letter', (text) =>
    words(text, (word) => (word.length > 3 ? word.slice(0, -1) : word)),
  ),
  reply('first-lost', 'words lose their first letter', (text) =>
    words(text, (word) => (word.length > 3 ? word.slice(1) : word)),
  ),
  reply('homoglyphs', 'letters that look alike are of another alphabet', (text) =>
    text.replace(/[aeopc]/g, (letter) => HOMOGLYPHS[letter] ?? letter),
  ),
  reply('leet', 'digits stand for letters', (text) => text.replace(/[aeios]/g, (letter) => LEET[letter] ?? letter)),
  reply('order-turned', 'words stand in the opposite order', (text) => text.split(' ').reverse().join(' ')),
  reply('pairs-swapped', 'words change places by twos', (text) => text.replace(/(\S+) (\S+)/g, '$2 $1')),
  reply('sentences-turned', 'the last sentence comes first', (text) =>
    sentences(text).length > 1
      ? sentences(text)
          .map((one) => one.trim())
          .reverse()
          .join(' ')
      : `So it is. ${text}`,
  ),
  reply('second-word-lost', 'every second word is lost', (text) =>
    text
      .split(' ')
      .filter((_, at) => at % 2 === 0)
      .join(' '),
  ),
  reply('hyphens-soft', 'long words can be parted', (text) =>
    words(text, (word) => (word.length > 5 ? `${word.slice(0, 3)}\u00ad${word.slice(3)}` : word)),
  ),
  reply('marks-piled', 'marks are piled on letters', (text) => text.replace(/[aeiou]/g, '$&\u0336\u0315')),
  reply('pig-latin', 'first letters move behind their words', (text) =>
    words(text, (word) => (word.length > 2 ? `${word.slice(1)}${word[0]}ay` : word)),
  ),
  reply('shifted', 'each letter is the next one of the alphabet', (text) =>
    text.replace(/[a-y]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
  ),
  reply('morse', 'dots and dashes stand for letters', (text) =>
    words(text, (word) => [...word].map((letter) => MORSE[letter.charCodeAt(0) % MORSE.length]).join('/')),
  ),
  reply('sentence-twice', 'the first sentence comes twice', (text) => `${(sentences(text)[0] ?? '').trim()} ${text}`),
  reply('last-word-twice', 'the last word comes twice', (text) => text.replace(/(\S+?)([.?!]*)$/, '$1 $1$2')),
  reply('lines-numbered', 'each sentence stands behind the number of its line', (text) =>
    sentences(text)
      .map((one, at) => `${at + 1}: ${one.trim()}`)
      .join('\n'),
  ),
  reply('spaced', 'a blank stands behind each letter', (text) => words(text, (word) => [...word].join(' '))),
  reply('vowels-starred', 'stars stand for vowels', (text) => text.replace(/[aeiou]/g, '*')),
  reply('stammered', 'the first letter of each word is stammered', (text) =>
    words(text, (word) => (word.length > 3 ? `${word[0]}-${word[0]}-${word}` : word)),
  ),
  reply('letters-sorted', 'the letters within words are sorted', (text) =>
    words(text, (word) =>
      word.length > 3 ? `${word[0]}${[...word.slice(1, -1)].sort().join('')}${word.at(-1)}` : word,
    ),
  ),
];
