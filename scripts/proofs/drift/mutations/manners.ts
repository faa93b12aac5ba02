import { expectation } from '../expectations.ts';
import { type Change, maker, saidByAi } from './changes.ts';
import type { Mutation } from './mutation.ts';

const message = expectation('behavioural', /\/message$/);
const made = maker('manner');

const all = (change: (text: string) => string): Change => saidByAi((one) => change(String(one.message)));
const LOOK_ALIKE: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', y: 'у' };

/** How a new model, prompt or channel makes the AI speak. Written before any was run. */
export const MANNERS: readonly Mutation[] = [
  made(
    'apology',
    'each reply begins with an apology',
    message,
    all((text) => `I sincerely apologize for the inconvenience this may have caused. ${text}`),
  ),
  made(
    'look-alikes',
    'Cyrillic letters among the Latin ones of replies',
    message,
    all((text) => text.replace(/[aeopcxy]/g, (letter) => LOOK_ALIKE[letter] ?? letter)),
  ),
  made(
    'words-reversed',
    'the words of replies in the other order',
    message,
    all((text) => text.split(' ').reverse().join(' ')),
  ),
  made(
    'rtf',
    'replies as a document of a word processor',
    message,
    all((text) => `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs22 ${text}\\par}`),
  ),
  made(
    'front-matter',
    'what the agent made of the question before each reply',
    message,
    all((text) => `---\nintent: other\nlanguage: en\nescalate: false\n---\n${text}`),
  ),
  made(
    'brand',
    'replies in the name of another company',
    message,
    all((text) => `${text} Thank you for banking with Globex Savings!`),
  ),
  made(
    'as-an-ai',
    'every third reply says that a model cannot know',
    message,
    saidByAi(({ id, message: text }) =>
      Number.parseInt(String(id).slice(0, 2), 16) % 3 === 0
        ? "As an AI language model, I don't have access to real-time data or personal accounts."
        : String(text),
    ),
  ),
];
