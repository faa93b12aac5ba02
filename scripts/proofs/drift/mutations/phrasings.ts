import { expectation } from '../expectations.ts';
import { maker, saidByAi } from './changes.ts';
import type { Mutation } from './mutation.ts';

const said = expectation('behavioural', /\/message$/);
const made = maker('phrasing');

const COLUMN_CHARS = 255;

/** Each reply, changed as a faulty step behind the model would. */
const reply = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(
    id,
    title,
    said,
    saidByAi(({ message }) => change(String(message))),
  );

/** What the AI says passes through one step more. Written before any was run. */
export const PHRASINGS: readonly Mutation[] = [
  reply('first-twice', 'the first word of each reply comes twice', (text) => text.replace(/^\S+/, '$& $&')),
  reply('letters-swapped', 'the second and third letter of long words change places', (text) =>
    text.replace(/\b(\p{L})(\p{L})(\p{L})(?=\p{L}{2})/gu, '$1$3$2'),
  ),
  reply('title-case', 'each word of replies begins with a capital', (text) =>
    text.replace(/(?<=\s)\p{Ll}/gu, (letter) => letter.toUpperCase()),
  ),
  reply('part-of-one', 'replies say which part of a short message they are', (text) => `${text} (1/1)`),
  reply('padded', 'replies are as long as their column', (text) => text.padEnd(COLUMN_CHARS)),
];
