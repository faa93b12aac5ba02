import { describe, expect, it } from 'vitest';
import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import { judgePage } from '../../../../scripts/drift/judge/listing/judge-page.ts';
import { pagesOf } from '../../../../scripts/drift/judge/listing/pages.ts';
import { conversation, event, found, lines, NOW, page, viewOf } from '../../made-run.ts';

const at = (...times: number[]) => times.map((time, index) => conversation(index, [], { createdAt: NOW + time }));
/** A conversation of one time with a message of another. */
const late = (started: number, latest: number) =>
  conversation(latest, [event({ createdAt: NOW + latest })], { createdAt: NOW + started });
const judge = (body: ConversationPage): string[] =>
  pagesOf(viewOf([[found(body, { url: '/v2/hc-interactions/public?limit=4' })]])).flatMap((one) =>
    lines(judgePage(one)),
  );
const ORDER = 'listing-order #/listing/interactions/*/createdAt';

describe('a page', () => {
  it.each<[string, ConversationPage, string[]]>([
    ['newest first', page(at(9_000, 5_000, 0)), []],
    ['of equal times', page(at(0, 0, 0)), []],
    ['a little out of order, as clocks are', page(at(0, 5_000, -1_000)), []],
    ['far out of order', page(at(0, 5_001)), [ORDER]],
    ['of an old conversation with the latest message', page([late(0, 9_000), ...at(8_000)]), []],
    ['of one with an earlier message first', page([late(9_000, 0), late(0, 9_001)]), []],
    ['of one that is far too early in it', page([late(0, 1), late(0, 6_000)]), [ORDER]],
    ['that repeats a conversation', page([...at(0), ...at(0)]), ['paging-repeats #/listing/interactions/*/id']],
    ['with more than asked for', page(at(4, 3, 2, 1, 0)), ['paging-limit-exceeded #/listing/interactions']],
    ['with more to come and no cursor', page(at(0), { hasMore: true }), ['paging-cursor-missing #/listing/nextCursor']],
    [
      'with more to come and an empty cursor',
      page(at(0), { hasMore: true, nextCursor: '' }),
      ['paging-cursor-missing #/listing/nextCursor'],
    ],
    ['empty, with more to come', page([], { hasMore: true, nextCursor: 'a' }), ['paging-endless #/listing/hasMore']],
    ['with more to come and a cursor', page(at(0), { hasMore: true, nextCursor: 'a' }), []],
  ])('%s', (_, body, expected) => expect(judge(body)).toEqual(expected));
});

it.each<[string, number, string[]]>([
  ['limit=ten', 60, []],
  ['since=0', 50, []],
  ['since=0', 51, ['paging-limit-exceeded #/listing/interactions']],
])('a page of %s has %i conversations', (query, count, expected) => {
  const body = page(at(...Array.from({ length: count }, (_, index) => -index)));
  const [one] = pagesOf(viewOf([[found(body, { url: `/v2/hc-interactions/public?${query}` })]]));
  expect(one && lines(judgePage(one))).toEqual(expected);
});

it('a page that is oldest first, though by less than clocks differ', () => {
  const body = page(at(0, 10, 20, 30, 40, 50, 60, 70, 80, 90));
  const [one] = pagesOf(viewOf([[found(body, { url: '/v2/hc-interactions/public?limit=20' })]]));
  expect(one && lines(judgePage(one))).toEqual([ORDER]);
});
