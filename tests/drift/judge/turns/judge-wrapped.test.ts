import { describe, expect, it } from 'vitest';
import { judgeWrapped } from '../../../../scripts/drift/judge/turns/judge-wrapped.ts';
import { exchangeOf, lines, turn, viewOf } from '../../made-run.ts';

const judge = (replies: readonly string[]): string[] => {
  const turns = replies.map((message, index) => [turn(index, exchangeOf(index, { reply: { message } }))]);
  return lines(judgeWrapped(viewOf(turns).chains.flatMap((chain) => chain.turns)));
};
const replies = (count: number, wrap: (text: string) => string) =>
  Array.from({ length: count }, (_, index) => wrap(`Reply ${index}.`));

describe('replies', () => {
  it.each([
    ['in quotation marks', replies(8, (text) => JSON.stringify(text)), 8],
    ['in brackets', replies(8, (text) => `[${text}]`), 8],
    ['in angle brackets', replies(8, (text) => `<“${text}”>`), 8],
    ['of HTML', replies(8, (text) => `<p>${text}</p>`), 0],
    ['few of them in quotation marks', replies(7, (text) => JSON.stringify(text)), 0],
    ['of which one is plain', [...replies(11, (text) => JSON.stringify(text)), 'Yes.'], 0],
    ['that are plain', replies(12, (text) => text), 0],
    ['with a word in quotation marks', replies(12, (text) => `"Yes": ${text}`), 0],
  ])('%s', (_, list, count) => {
    expect(judge(list)).toEqual(Array(count).fill('reply-garbled #/responses/200/body/*/message'));
  });
});
