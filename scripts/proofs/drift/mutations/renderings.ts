import { expectation } from '../expectations.ts';
import { type Change, everySecondReply, everywhere, maker, onShown, saidByAi, saidByUser } from './changes.ts';
import { type Json, list, type Mutation } from './mutation.ts';

const message = expectation('behavioural', /\/message$/);
const shifted = expectation('statistical', /\/message$|^#\/distribution/);
const made = maker('rendering');

const LINE_CHARS = 998;
const LINK = ' More is at https://help.example.com/start.';

const reply = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(
    id,
    title,
    message,
    saidByAi((one) => change(String(one.message))),
  );
const some = (id: string, title: string, change: Change): Mutation => made(id, title, shifted, change);
const question = (id: string, title: string, change: (text: string) => string): Mutation =>
  made(id, title, message, saidByUser(change));

/** Texts, titles and addresses as a faulty step makes them. Written before any was run. */
export const RENDERINGS: readonly Mutation[] = [
  question('folded', 'lines of questions are folded after 998 characters, as in a mail', (text) =>
    text.replace(/[^\n]{998}(?=[^\n])/g, (line) => `${line.slice(0, LINE_CHARS)}\r\n `),
  ),
  reply('escaped', 'signs of replies are escaped as for a messenger', (text) =>
    text.replace(/[_*[\]()~`>#+\-=|{}.!]/g, '\\$&'),
  ),
  reply('mark', 'replies begin with the mark of a file', (text) => `\ufeff${text}`),
  some(
    'half-emoji',
    'half of the replies end with an emoji',
    everySecondReply((text) => `${text} 😊`),
  ),
  some(
    'dashes',
    'replies have dashes in place of stops within them',
    saidByAi(({ message: text }) => String(text).replace(/[.,;:?!] (?=\S)/g, ' — ')),
  ),
  some(
    'half-links',
    'half of the replies refer to a page',
    everySecondReply((text) => text + LINK),
  ),
  {
    ...made(
      'unaddressed',
      'articles without an address are not named any more',
      expectation('statistical', /^#\/distribution/),
      addressed,
    ),
    isDistribution: true,
  },
];

function addressed(...exchange: Parameters<Change>): void {
  const withAddress = (one: Json): void => {
    one.usedArticles = list(one.usedArticles).filter(({ documentUrl }) => documentUrl !== null);
  };
  everywhere(withAddress)(...exchange);
  onShown(withAddress)(...exchange);
}
