import { describe, expect, it } from 'vitest';
import { isDegenerate } from '../../contracts/degenerate.ts';

const PROSE = `Thanks for reaching out! Your parcel left our warehouse on Monday and should arrive within three days. You can follow
  it with the number in the e-mail that we sent you. If it has not arrived by Friday, write to us again and we will send another one.`;

describe('a text', () => {
  it.each([
    ['a phrase over and over', 'I will look into that for you. '.repeat(8)],
    ['all of it twice', `${PROSE} ${PROSE}`],
    ['two sentences twice', 'I can help with that. What is it? I can help with that. What is it?'],
    ['prose that ends in a loop', `${PROSE} ${'and so on '.repeat(60)}`],
    ['one character', 'a'.repeat(400)],
    ['a phrase in Chinese', '我会为您查看。'.repeat(30)],
    [
      'few words in any order',
      Array.from({ length: 300 }, (_, n) => ['yes', 'no', 'so', 'the'][(n * n + (n >> 2)) % 4]).join(' '),
    ],
  ])('that is %s goes round in circles', (_, text) => expect(isDegenerate(text)).toBe(true));

  it.each([
    ['prose', PROSE],
    ['short, and repeats itself', 'no no no no no no'],
    ['a greeting twice', "You're welcome! You're welcome!"],
    ['twice the same but for a word', `${PROSE} ${PROSE.replace('Monday', 'Tuesday')}`],
    ['one word of many letters twice', 'ab'.repeat(32)],
    ['a table', `${PROSE}\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n${'-'.repeat(90)}`],
    [
      'a numbered list',
      Array.from({ length: 9 }, (_, n) => `${n + 1}. Step number ${n + 1} of the ${'abcdefghi'[n]} guide`).join('\n'),
    ],
    ['very long, whoever made it so', PROSE + ' and more of the same'.repeat(2_000)],
  ])('that is %s does not', (_, text) => expect(isDegenerate(text)).toBe(false));
});
