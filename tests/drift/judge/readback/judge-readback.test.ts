import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { judgeReadback } from '../../../../scripts/drift/judge/readback/judge-readback.ts';
import {
  continued,
  conversation,
  event,
  exchangeOf,
  found,
  id,
  lines,
  type Made,
  page,
  read,
  turn,
  viewOf,
} from '../../made-run.ts';

const judge = (steps: readonly Made[]): string[] => {
  const { distinct, isSound } = viewOf([steps]);
  return lines(distinct.flatMap((chain) => judgeReadback(chain, isSound)));
};
const FIRST = exchangeOf(1);
const SECOND = exchangeOf(2);
const [USER, REPLY] = FIRST as [Event, Event];
const OTHER = conversation(2, exchangeOf(9));
const WHOLE = conversation(1, FIRST);
const readOf = (events: readonly Event[], change: Partial<Conversation> = {}): Made => ({
  ...read(conversation(1, events, change)),
  conversation: id('c', 1),
});

describe('the listing that a conversation is found by', () => {
  it.each<[string, Made[], string[]]>([
    ['shows it', [found(page([OTHER, WHOLE]))], []],
    ['does not show it', [found(page([OTHER]))], ['conversation-not-listed #/listing/interactions/*/events/*/id']],
    [
      'shows a part of its turn',
      [found(page([conversation(1, [USER])]))],
      ['listed-otherwise #/listing/interactions/*/events/*'],
    ],
    ['shows it at the second look', [found(page([])), found(page([WHOLE]))], []],
    ['is refused, which is another finding', [found(page([]), { status: 500 })], []],
  ])('%s', (_, looks, expected) => {
    // Looks of one step.
    const steps = looks.map((look, index) => ({ ...look, exchange: { step: 1, look: index } }));
    expect(judge([turn(1), ...steps])).toEqual(expected);
  });
});

describe('a conversation that is read', () => {
  it.each<[string, Event[], Partial<Conversation>, string[]]>([
    ['as it was answered', FIRST, {}, []],
    [
      'with values that were given later',
      FIRST.map((one) => ({ ...one, csatRating: 5, resolved: true, tags: ['vip'] })),
      {},
      [],
    ],
    [
      'with an event more, of a colleague',
      [...FIRST, event({ id: id('a', 1), role: 'agent', message: 'A note.' })],
      {},
      [],
    ],
    ['without the reply', [USER], {}, ['persistence-missing #/readback/events/*']],
    [
      'with another text',
      [USER, { ...REPLY, message: 'Sorry.' }],
      {},
      ['readback-altered #/readback/events/*/message'],
    ],
    ['with another time', [{ ...USER, createdAt: 1 }, REPLY], {}, ['readback-altered #/readback/events/*/createdAt']],
    ['with another role', [{ ...USER, role: 'agent' }, REPLY], {}, ['readback-altered #/readback/events/*/role']],
    ['newest first', [REPLY, USER], {}, ['readback-order #/readback/events']],
    ['with the reply twice', [USER, REPLY, REPLY], {}, ['readback-duplicate #/readback/events/*']],
    [
      'with a copy of the reply',
      [USER, REPLY, { ...REPLY, id: id('r', 8) }],
      {},
      ['readback-duplicate #/readback/events/*'],
    ],
    ['under another id', FIRST, { id: id('c', 7) }, ['readback-other-conversation #/readback/id']],
    ['that is another one', exchangeOf(9), { id: id('c', 7) }, ['foreign-events-shown #/readback/id']],
    ['that is another one, and empty', [], { id: id('c', 7) }, ['readback-other-conversation #/readback/id']],
  ])('%s', (_, events, change, expected) => {
    expect(judge([turn(1), found(page([WHOLE])), readOf(events, change)])).toEqual(expected);
  });

  it.each<[string, Event[], string, boolean]>([
    ['with retitled articles', [{ id: id('t', 1), title: 'Renamed', documentUrl: null }] as never, 'same', true],
    ['without an article', [] as never, 'lost', false],
    [
      'with an article more',
      [1, 2].map((number) => ({ id: id('t', number), title: 'Title', documentUrl: null })) as never,
      'more',
      false,
    ],
  ])('%s', (_, usedArticles, __, isFine) => {
    const answered = [USER, { ...REPLY, usedArticles: [{ id: id('t', 1), title: 'Title', documentUrl: null }] }];
    const stored = [USER, { ...REPLY, usedArticles: usedArticles as never }];
    const expected = isFine ? [] : ['readback-altered #/readback/events/*/usedArticles'];
    expect(judge([turn(1, answered), found(page([conversation(1, answered)])), readOf(stored)])).toEqual(expected);
  });

  it('without its second turn, which is in another one, was not continued', () => {
    const strayed = found(page([conversation(5, SECOND), WHOLE]), { exchange: { step: 4, look: 6 } });
    const steps = [turn(1), found(page([WHOLE])), readOf(FIRST), continued(2, SECOND), readOf(FIRST)];
    const { distinct, isSound } = viewOf([[...steps, strayed]]);
    // The listing that a read looks through for what it misses belongs to the step of the read.
    const own = distinct.map((chain) => ({
      ...chain,
      probes: chain.probes.map((probe) =>
        probe.index === 5 ? { ...probe, step: steps[4]?.step as Made['step'] } : probe,
      ),
    }));
    expect(lines(own.flatMap((chain) => judgeReadback(chain, isSound)))).toEqual([
      'continuation-ignored #/sequence/1→2/interactionId',
    ]);
  });

  it('is not judged where a turn of it was answered badly', () => {
    const bad = turn(1, [USER, { ...REPLY, message: '' }]);
    expect(judge([bad, found(page([])), readOf([])])).toEqual([]);
  });
});
