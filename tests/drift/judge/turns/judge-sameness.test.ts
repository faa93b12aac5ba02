import { describe, expect, it } from 'vitest';
import { judgeSameness } from '../../../../scripts/drift/judge/turns/judge-sameness.ts';
import { exchangeOf, lines, turn, viewOf } from '../../made-run.ts';

const judge = (replies: readonly string[]): string[] => {
  const turns = replies.map((message, index) => [turn(index, exchangeOf(index, { reply: { message } }))]);
  return lines(judgeSameness(viewOf(turns).chains.flatMap((chain) => chain.turns)));
};

describe('replies', () => {
  it.each([
    ['that are few and equal', Array(7).fill('Sorry.'), 0],
    ['that are many and equal', Array(8).fill('Sorry.'), 8],
    ['of which one is another', [...Array(11).fill('Sorry.'), 'Your parcel left.'], 0],
    ['that differ', Array.from({ length: 12 }, (_, index) => `Reply ${index}.`), 0],
  ])('%s', (_, replies, count) => {
    expect(judge(replies)).toEqual(Array(count).fill('reply-constant #/responses/200/body/*/message'));
  });
});
