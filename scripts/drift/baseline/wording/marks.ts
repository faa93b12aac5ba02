/** Letters of scripts that are written without blanks between words: each counts as a word. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** What stands in a text for people beside letters, digits and blanks: each such character is a mark of its own. */
const SIGN = /[^\p{L}\p{M}\p{N}\s]/gu;
/** More kinds of signs are a picture, not a style. */
const MOST_SIGNS = 40;
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Han',
  'Hangul',
  'Hiragana',
  'Thai',
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

/** Forms of a text that many replies may have in common, by name. Capitals throughout are a statistic of their own. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['a blank at the beginning', /^\s/],
  ['a blank at the end', /\s$/],
  ['a line break', /[^\s][\r\n]+[^\s]/],
  ['an empty line', /\n\s*\n/],
  ['a carriage return', /\r/],
  ['two blanks in a row', /\S {2,}\S/],
  ['a tab', /\t/],
  ['another blank', /[\u00a0\u2000-\u200a\u202f\u3000]/],
  ['a blank before a mark', /\p{L} [.,;:!?]/u],
  ['marks without a blank behind them', /\p{L}[.,!?]\p{Lu}\p{Ll}/u],
  ['a capital within a word', /\p{Ll}\p{Lu}\p{Ll}/u],
  ['a letter three times', /(\p{L})\1\1/iu],
  ['a word twice', /(?:^|\s)(\p{L}[\p{L}'\u2019-]*)[,.]?\s+\1(?=[\s.,!?]|$)/iu],
  ['several words twice', /(?:^|\s)(\S+(?:\s\S+){1,9}?)\s+\1(?=[\s.,!?]|$)/iu],
  ['a long word', /[\p{L}\p{N}]{30}/u],
  ['digits', /\p{N}/u],
  ['letters and digits in one word', /\p{L}\p{N}|\p{N}\p{L}/u],
  ['words', /\p{L}\s+\p{L}/u],
];

/** What is longer is long in the same way. */
const LONGEST = 5_000;
/** Fewer letters or words are too few to have a style. */
const LEAST_LETTERS = 10;
const LEAST_WORDS = 5;

/** What can be said of a text without its words: its signs, scripts and forms, and what it begins and ends with. */
export function marksOf(text: string): readonly string[] {
  const [said, part] = [text.trim(), text.slice(0, LONGEST)];
  const signs = [...new Set(part.match(SIGN))].slice(0, MOST_SIGNS);
  return [
    ...signs.map((sign) => `the sign ${sign}`),
    ...SCRIPTS.filter(([, letters]) => letters.test(part)).map(([name]) => `${name} letters`),
    ...FORMS.filter(([, form]) => form.test(part)).map(([name]) => name),
    ...casesOf(part),
    `${kindOf([...said.slice(0, 2)][0] ?? '')} at the beginning`,
    endOf(kindOf([...said.slice(-2)].at(-1) ?? '')),
  ];
}

/** Capitals throughout are a statistic of their own. */
function casesOf(text: string): readonly string[] {
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  if (small < LEAST_LETTERS) return [];
  if (!/\p{Lu}/u.test(text)) return ['no capital letter'];
  const words = text.match(WORD)?.filter((word) => /\p{Lu}|\p{Ll}{2}/u.test(word)) ?? [];
  const isTitle = words.length >= LEAST_WORDS && words.every((word) => /^\p{Lu}/u.test(word));
  return isTitle ? ['each word with a capital'] : [];
}

const [DIGIT, SMALL, LETTER] = ['a digit', 'a small letter', 'a letter'] as const;

/** Marks of a text that ends without a sign. A text has one end. */
export const OPEN_ENDS: readonly string[] = [SMALL, LETTER, DIGIT].map(endOf);

function kindOf(character: string): string {
  if (/\p{N}/u.test(character)) return DIGIT;
  if (/\p{Ll}/u.test(character)) return SMALL;
  return /[\p{L}\p{M}]/u.test(character) ? LETTER : `the sign ${character}`;
}

function endOf(kind: string): string {
  return `${kind} at the end`;
}

/** The words of a text, in small letters; numbers only by how long they are. */
export function wordsOf(text: string): readonly string[] {
  const spaced = text.replace(WITHOUT_BLANKS, ' $& ').toLowerCase().normalize('NFC');
  return [...new Set(spaced.match(WORD))].map((word) => word.replace(/\p{N}/gu, '0'));
}
