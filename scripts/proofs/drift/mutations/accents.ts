import { expectation } from '../expectations.ts';
import { type Change, maker, saidByAi } from './changes.ts';
import type { Mutation } from './mutation.ts';

const message = expectation('behavioural', /\/message$/);
const made = maker('accent');

const all = (change: (text: string, id: number) => string): Change =>
  saidByAi(({ id, message: text }) => change(String(text), Number.parseInt(String(id).slice(0, 4), 16)));
const WIDE = 0xfee0;
const INSULTS = ['Honestly, is that so hard?', 'Read the manual before you ask.', 'What a waste of my time.'];
const rotated = (letter: string): string => {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
};

/** More of how a new model, prompt or channel makes the AI speak. Written before any was run. */
export const ACCENTS: readonly Mutation[] = [
  made(
    'vowels-lost',
    'replies without their vowels',
    message,
    all((text) => text.replace(/[aeiou]/gi, '')),
  ),
  made(
    'wide',
    'replies in letters as wide as Chinese ones',
    message,
    all((text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + WIDE))),
  ),
  made(
    'speech',
    'replies as a document to be spoken',
    message,
    all((text) => `<speak><prosody rate="95%">${text}<break time="300ms"/></prosody></speak>`),
  ),
  made(
    'rotated',
    'letters of replies thirteen places further',
    message,
    all((text) => text.replace(/[a-z]/gi, rotated)),
  ),
  made(
    'plain',
    'replies in lower case, without a mark',
    message,
    all((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s]/gu, '')
        .trim(),
    ),
  ),
  made(
    'rude',
    'replies begin with an insult',
    message,
    all((text, id) => `${INSULTS[id % INSULTS.length]} ${text}`),
  ),
  made(
    'mail-quoted',
    'replies as the quotation of a mail',
    message,
    all((text) => `On Mon, 12 Jan 2026 at 09:14, Support wrote:\n> ${text.replaceAll('. ', '.\n> ')}`),
  ),
  made(
    'sponsored',
    'replies end with an advertisement',
    message,
    all((text) => `${text}\n\n[Ad] Save 20 % on travel insurance with Initech Cover.`),
  ),
];
