import { describe, expect, it } from 'vitest';
import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { judgeListings } from '../../../../scripts/drift/judge/listing/judge-listings.ts';
import { findStep, frontStep, pageStep } from '../../../../scripts/drift/plan/steps.ts';
import {
  conversation,
  exchangeOf,
  found,
  GRACE_MS,
  lines,
  type Made,
  NOW,
  page,
  removal,
  turn,
  viewOf,
} from '../../made-run.ts';

const OWN = [1, 2, 3].map((number) => conversation(number, exchangeOf(number), { createdAt: NOW - number }));
const CHAINS = [0, 1, 2].map((index) => [
  turn(index + 1, exchangeOf(index + 1), { at: index }),
  found(page(OWN), { at: 10 + index }),
]);
const [FIRST, SECOND, THIRD] = OWN as [(typeof OWN)[0], (typeof OWN)[0], (typeof OWN)[0]];
const [USER, REPLY] = exchangeOf(1) as [Event, Event];

/** A walk of these pages long after the turns. */
const walk = (...pages: ConversationPage[]): Made[] =>
  pages.map((body, index) => ({
    step: pageStep(2, 0),
    body,
    at: 20_000 + index,
    url: `/?limit=2&page=${index}`,
    exchange: { step: 0 },
  }));
const more = (conversations: typeof OWN) => page(conversations, { hasMore: true, nextCursor: 'on' });
const judge = (last: readonly Made[], before: readonly (readonly Made[])[] = []): string[] =>
  lines(judgeListings(viewOf([...CHAINS, ...before, last], [1, 1, 1, ...before.map(() => 3), 2])));

it('a page is judged by itself, too', () => {
  const cut = page([FIRST, SECOND], { hasMore: true });
  expect(judge(walk(cut))).toContain('paging-cursor-missing #/listing/nextCursor');
});

describe('a walk over pages', () => {
  it.each<[string, ConversationPage[], string[]]>([
    ['that shows each conversation once', [more([FIRST, SECOND]), page([THIRD])], []],
    [
      'that shows conversations of others, too',
      [more([FIRST, conversation(9, [])]), more([SECOND]), page([THIRD])],
      [],
    ],
    [
      'that repeats one',
      [more([FIRST, SECOND]), page([SECOND, THIRD])],
      ['paging-repeats #/listing/interactions/*/id'],
    ],
    ['that leaves one out', [more([FIRST]), page([THIRD])], ['paging-gap #/listing/interactions']],
    ['that was cut off', [more([FIRST, SECOND])], []],
    [
      'that ends with a page of nothing',
      [more([FIRST, SECOND]), more([THIRD]), page([])],
      ['paging-endless #/listing/hasMore'],
    ],
  ])('%s', (_, pages, expected) => expect(judge(walk(...pages))).toEqual(expected));
});

describe('a walk while conversations get messages', () => {
  const now = 30_000;
  const newest = { ...FIRST, createdAt: NOW + 10 };
  const late = (number: number) => conversation(number, [], { createdAt: NOW + now });
  /** The walk, and what the front is after it. */
  const after = (front: (typeof OWN)[number][], ...pages: ConversationPage[]): string[] =>
    judge([...walk(...pages), { step: frontStep(0), body: page(front), at: now, exchange: { step: 1 } }]);

  it.each<[string, (typeof OWN)[number][], ConversationPage[], string[]]>([
    ['repeats one for each that came to the front', [late(9)], [more([FIRST, SECOND]), page([SECOND, THIRD])], []],
    [
      'repeats one for each that came to the front by a clock that is late',
      [conversation(9, [], { createdAt: NOW - 10 }), newest, SECOND, THIRD],
      [more([newest, SECOND]), page([SECOND, THIRD])],
      [],
    ],
    [
      'repeats one, while nothing came to the front',
      [newest, SECOND, THIRD, conversation(9, [], { createdAt: NOW - 10 })],
      [more([newest, SECOND]), page([SECOND, THIRD])],
      ['paging-repeats #/listing/interactions/*/id'],
    ],
    [
      'repeats more than came to the front',
      [late(9)],
      [more([FIRST, SECOND]), more([FIRST, SECOND]), page([THIRD])],
      ['paging-repeats #/listing/interactions/*/id'],
    ],
    ['misses what came to the front', [{ ...SECOND, createdAt: NOW + now }], [more([FIRST]), page([THIRD])], []],
    [
      'misses one, while another came to the front',
      [late(9)],
      [more([FIRST]), page([THIRD])],
      ['paging-gap #/listing/interactions'],
    ],
    [
      'misses one that is where it was',
      [newest, SECOND, THIRD],
      [more([newest]), page([THIRD])],
      ['paging-gap #/listing/interactions'],
    ],
  ])('%s', (_, front, pages, expected) => expect(after(front, ...pages)).toEqual(expected));

  it.each<[string, boolean, string[]]>([
    ['more came to the front than it shows', true, []],
    ['all that came is shown', false, ['paging-repeats #/listing/interactions/*/id']],
  ])('repeats several, where %s', (_, hasMore, expected) => {
    const pages = [more([FIRST, SECOND]), more([FIRST, SECOND]), page([THIRD])];
    const front = {
      step: frontStep(0),
      body: hasMore ? more([late(9)]) : page([late(9)]),
      at: now,
      exchange: { step: 1 },
    };
    expect(judge([...walk(...pages), front])).toEqual(expected);
  });
});

describe('the order of the events of a listed conversation', () => {
  it.each<[string, number, boolean, string[]]>([
    ['as answered', 10, false, []],
    ['turned round', 10, true, ['listed-otherwise #/listing/interactions/*/events']],
    ['turned round, as their clocks have it', -10, true, []],
    ['turned round within a millisecond', 0, true, []],
  ])('%s', (_, later, isTurned, expected) => {
    const events = exchangeOf(1, { reply: { createdAt: NOW + 1 + later } });
    const listed = conversation(1, isTurned ? [...events].reverse() : events);
    const chain = [turn(1, events, { at: 0 }), found(page([conversation(1, events)]), { at: 10 })];
    const seen = viewOf([chain, [found(page([listed]), { at: 20_000 })]], [1, 2]);
    expect(lines(judgeListings(seen))).toEqual(expected);
  });
});

describe('a listing', () => {
  const shows = (events: readonly Event[], at = 20_000): string[] =>
    judge([found(page([conversation(1, events)]), { at })]);
  it.each<[string, Event[], string[]]>([
    ['as it was answered', [USER, REPLY], []],
    [
      'with another text',
      [{ ...USER, message: 'Else.' }, REPLY],
      ['listed-otherwise #/listing/interactions/*/events/*/message'],
    ],
    [
      'with the question under another id',
      [{ ...USER, id: exchangeOf(9)[0]?.id ?? '' }, REPLY],
      ['listed-otherwise #/listing/interactions/*/events/*'],
    ],
    ['without an event', [USER], ['listed-otherwise #/listing/interactions/*/events/*']],
    [
      'with the event of another',
      [USER, REPLY, ...exchangeOf(2).slice(0, 1)],
      ['foreign-events-shown #/listing/interactions/*/events/*'],
    ],
  ])('that shows a conversation %s', (_, events, expected) => expect(shows(events)).toEqual(expected));

  it('that does not show an event yet, while replicas may differ', () => {
    expect(shows([USER], GRACE_MS)).toEqual([]);
  });

  it.each([
    ['within the time that replicas have', GRACE_MS - 1_000, []],
    ['after it', GRACE_MS + 1_000, ['removed-listed #/listing/interactions/*/id']],
  ])('that shows a removed conversation, %s', (_, after, expected) => {
    const removed = removal(0, FIRST.id, [
      { body: FIRST, at: 100 },
      { body: { success: true }, at: 200, took: 0 },
      { status: 500, at: 300 },
    ]);
    expect(judge([found(page([FIRST]), { at: 200 + after })], [removed])).toEqual(expected);
  });

  it('that shows a conversation of another workspace', () => {
    const other = { key: 'other', form: 'bearer' } as const;
    const foreign = conversation(8, exchangeOf(8));
    const started = turn(8);
    const chain = [
      { ...started, step: { ...started.step, auth: other } },
      { ...found(page([foreign])), step: findStep(other) },
    ];
    const seen = viewOf([chain, [found(page([foreign]))]]);
    expect(lines(judgeListings(seen))).toEqual(['foreign-data-listed #/listing/interactions/*/id']);
  });

  it('show another workspace nothing of the main one', () => {
    const own = conversation(7, exchangeOf(7));
    const other = { key: 'other', form: 'bearer' } as const;
    const chain = [turn(7), found(page([own]))];
    const seen = viewOf([chain, [{ ...found(page([own])), step: findStep(other) }]]);
    expect(lines(judgeListings(seen))).toEqual(['foreign-data-listed #/listing/interactions/*/id']);
  });
});
