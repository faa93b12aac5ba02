import { describe, expect, it } from 'vitest';
import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { judgeListings } from '../../../../scripts/drift/judge/listing/judge-listings.ts';
import { backStep } from '../../../../scripts/drift/plan/paging-steps.ts';
import { conversation, exchangeOf, found, lines, type Made, NOW, page, turn, viewOf } from '../../made-run.ts';

const OWN = [1, 2, 3].map((number) => conversation(number, exchangeOf(number), { createdAt: NOW - number }));
const CHAINS = [0, 1, 2].map((index) => [
  turn(index + 1, exchangeOf(index + 1), { at: index }),
  found(page(OWN), { at: 10 + index }),
]);
const [FIRST, SECOND, THIRD] = OWN as [(typeof OWN)[0], (typeof OWN)[0], (typeof OWN)[0]];
const [_USER, _REPLY] = exchangeOf(1) as [Event, Event];

const more = (conversations: typeof OWN) => page(conversations, { hasMore: true, nextCursor: 'on' });
const judge = (last: readonly Made[], before: readonly (readonly Made[])[] = []): string[] =>
  lines(judgeListings(viewOf([...CHAINS, ...before, last], [1, 1, 1, ...before.map(() => 3), 2])));

describe('a page that was gone back to', () => {
  const back = (...pages: ConversationPage[]): Made[] =>
    pages.map((body, index) => ({ step: backStep(0), body, at: 20_000 + index, exchange: { step: 0, look: index } }));
  const other = conversation(9, []);
  const second = page([THIRD], { prevCursor: 'back' });
  it.each<[string, ConversationPage[], string[]]>([
    ['as it was', [more([FIRST, SECOND]), second, page([FIRST, SECOND])], []],
    ['with one of others more', [more([FIRST, SECOND]), second, page([other, FIRST, SECOND])], []],
    ['that was not reached', [more([FIRST, SECOND]), second], []],
    [
      'of which there is no cursor',
      [more([FIRST, SECOND]), page([THIRD])],
      ['paging-cursor-missing #/listing/prevCursor'],
    ],
    ['with another one', [more([FIRST, SECOND]), second, second], ['paging-back-differs #/listing/interactions']],
    ['empty', [more([FIRST, SECOND]), second, page([])], ['paging-back-differs #/listing/interactions']],
    [
      'the other way round',
      [more([FIRST, SECOND]), second, page([SECOND, FIRST])],
      ['paging-back-differs #/listing/interactions'],
    ],
  ])('%s', (_, pages, expected) => expect(judge(back(...pages))).toEqual(expected));

  it('from the third one with more conversations than were asked for', () => {
    const others = [10, 11, 12, 13].map((number) => conversation(number, []));
    const further = page([conversation(14, [])], { prevCursor: 'back' });
    const pages = (last: ConversationPage) =>
      back(more([FIRST, SECOND]), { ...second, hasMore: true, nextCursor: 'on' }, page([FIRST, SECOND]), further, last);
    const thirdOnward = { ...second, interactions: [THIRD, SECOND] };
    const turned = (last: ConversationPage) =>
      back(more([FIRST]), { ...thirdOnward, hasMore: true, nextCursor: 'on' }, page([FIRST]), further, last);
    expect(judge(pages(second))).toEqual([]);
    expect(judge(turned(page([SECOND, FIRST])))).toEqual([]);
    expect(judge(turned(page([FIRST])))).toEqual(['paging-back-differs #/listing/interactions']);
    expect(judge(pages(page([FIRST, SECOND, ...others])))).toEqual(['paging-limit-exceeded #/listing/interactions']);
  });

  it('without a conversation that nothing looked for by itself', () => {
    const unsought = conversation(7, exchangeOf(7));
    const pages = back(more([FIRST, unsought]), second, page([FIRST]));
    const seen = viewOf([...CHAINS, [turn(7, exchangeOf(7), { at: 5 })], pages], [1, 1, 1, 1, 2]);
    expect(lines(judgeListings(seen))).toEqual(['paging-back-differs #/listing/interactions']);
  });
});
