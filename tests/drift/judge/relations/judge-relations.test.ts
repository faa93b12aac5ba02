import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { judgeRelations, relationsOf } from '../../../../scripts/drift/judge/relations/judge-relations.ts';
import type { RunView } from '../../../../scripts/drift/judge/run-view.ts';
import { conversation, exchangeOf, found, type Made, NOW, page, read, removal, turn, viewOf } from '../../made-run.ts';

const ARTICLE = { id: '7f5392e5-dc7d-4558-8860-cf3ea4b32f94', title: 'Track your order', documentUrl: null };
const CHAINS = 8;

interface Change {
  readonly answered?: Partial<Event>;
  readonly of?: (events: readonly Event[]) => Partial<Conversation>;
  readonly stored?: Partial<Event>;
  readonly listed?: Partial<ConversationPage>;
  /** The part of a second at which events are dated. */
  readonly ms?: number;
  readonly headers?: (at: number) => Readonly<Record<string, string>>;
}

/** Conversations of one turn each, found and read. */
function check({
  answered,
  of = () => ({}),
  stored = {},
  listed,
  ms = 37,
  headers = () => ({}),
}: Change = {}): RunView {
  const made = Array.from({ length: CHAINS }, (_, number): Made[] => {
    const at = NOW + number * 3_000;
    const times = { createdAt: at + ms };
    const events = exchangeOf(number, { user: times, reply: { ...times, usedArticles: [ARTICLE], ...answered } });
    const shown = events.map((one) => ({ ...one, ...stored }));
    const whole = {
      createdAt: at + ms,
      subjectPreview: `Question ${number}.`,
      usedArticles: [ARTICLE],
      userAttributes: {},
      ...of(events),
    } as Partial<Conversation>;
    const one = conversation(number, shown, whole);
    const typed = { headers: { 'content-type': 'application/json', ...headers(at) } };
    return [turn(number, events, typed), found(page([one], listed), typed), read(one, typed)];
  });
  return viewOf(made);
}

const usual = { relations: relationsOf(check()).tallies };
const judge = (view: RunView, baselines = [usual, usual, usual]): string[] => {
  const found = judgeRelations(relationsOf(view), baselines);
  return [...new Set(found.map(({ template }) => template))];
};

describe('values that agreed in all accepted runs', () => {
  it.each<[string, Change, string[]]>([
    ['as ever', {}, []],
    [
      'the preview of another text',
      { of: () => ({ subjectPreview: 'A question.' }) },
      ['#/listing/interactions/*/subjectPreview', '#/readback/subjectPreview'],
    ],
    [
      'a preview of five characters',
      { of: () => ({ subjectPreview: 'Quest' }) },
      ['#/listing/interactions/*/subjectPreview', '#/readback/subjectPreview'],
    ],
    [
      'a conversation a minute before its first event',
      { of: ([first]) => ({ createdAt: (first?.createdAt ?? 0) - 60_000 }) },
      ['#/listing/interactions/*/createdAt', '#/readback/createdAt'],
    ],
    [
      'articles that no event names',
      { of: () => ({ usedArticles: [{ ...ARTICLE, id: 'other' }] as never }) },
      ['#/listing/interactions/*/usedArticles', '#/readback/usedArticles'],
    ],
    [
      'articles by other names than in the events',
      { of: () => ({ usedArticles: [{ ...ARTICLE, title: 'Track' }] as never }) },
      ['#/listing/interactions/*/usedArticles', '#/readback/usedArticles'],
    ],
    [
      'attributes that nobody sent',
      { of: () => ({ userAttributes: { tier: 'gold' } as never }) },
      ['#/listing/interactions/*/userAttributes', '#/readback/userAttributes'],
    ],
    [
      'tags that the answer had not',
      { stored: { tags: ['vip'] } },
      ['#/listing/interactions/*/events/*/tags', '#/readback/events/*/tags'],
    ],
    [
      'another title than answered',
      { stored: { usedArticles: [{ ...ARTICLE, title: 'TRACK' }] } },
      [
        ...['#/listing/interactions/*/usedArticles', '#/listing/interactions/*/events/*/usedArticles/*/title'],
        ...['#/readback/usedArticles', '#/readback/events/*/usedArticles/*/title'],
      ],
    ],
    ['pages that are not full', { listed: { hasMore: true, nextCursor: 'c' } }, ['#/listing/interactions']],
    ['a cursor on the last page', { listed: { nextCursor: 'c' } }, ['#/listing/nextCursor']],
    ['a cursor to before the first page', { listed: { prevCursor: 'c' } }, ['#/listing/prevCursor']],
    ['whole seconds', { answered: { createdAt: NOW + 60_000 } }, ['#/responses/200/body/*/createdAt']],
  ])('%s', (_, change, expected) => {
    const accepted = change.listed?.hasMore === true ? [full, full, full] : undefined;
    expect(judge(check(change), accepted)).toEqual(expected);
  });

  it('times to the hundredth of a second, where they were to the millisecond', () => {
    const fine = { relations: { 'createdAt is told to the millisecond': { k: 30, n: 30 } } };
    const accepted = [fine, fine, fine];
    expect(judge(check({ ms: 30 }), accepted)).toEqual(['#/responses/200/body/*/createdAt']);
    expect(judge(check(), accepted)).toEqual([]);
  });

  const full = { relations: { 'a page before the last is full': { k: 30, n: 30 } } };

  it('a clock an hour behind in the header, where it was right', () => {
    const date = (shift: number) => ({ headers: (at: number) => ({ date: new Date(at + shift).toUTCString() }) });
    const right = { relations: relationsOf(check(date(0))).tallies };
    const accepted = [right, right, right];
    expect(judge(check(date(-3_600_000)), accepted)).toEqual(['#/responses/*/headers/date']);
    expect(judge(check(date(0)), accepted)).toEqual([]);
  });

  it('are not of what a removed conversation still shows', () => {
    const ended = (isRemoved: boolean) => {
      const chains = Array.from({ length: CHAINS }, (_, number): Made[] => {
        const whole = conversation(number, exchangeOf(number));
        const gone = { ...whole, status: 'deleted', events: [] } as unknown as Conversation;
        const removed = removal(number, whole.id, [{ body: whole }, { body: { success: true } }, { body: gone }]);
        const kept = [read(whole), read(gone)];
        return [turn(number), found(page([whole])), ...(isRemoved ? removed : kept)];
      });
      return judge(viewOf(chains));
    };
    expect(ended(false)).toContain('#/responses/200/body/status');
    expect(ended(true)).not.toContain('#/responses/200/body/status');
  });

  it('needs three accepted runs, in which it held', () => {
    const view = check({ stored: { tags: ['vip'] } });
    const other = { relations: relationsOf(view).tallies };
    expect(judge(view, [usual, usual])).toEqual([]);
    expect(judge(view, [usual, usual, other])).toEqual([]);
    expect(judge(view, [usual, usual, {} as never])).toEqual([]);
  });
});

describe('what is stored', () => {
  const name = 'status on a further page is as elsewhere';
  const seen = (k: number, n: number, isStored: boolean) => {
    const [probe] = check().sound;
    if (probe === undefined) throw new Error('no probe');
    const at = { name, probe, place: '/listing/interactions/0/status', expected: { equals: 'as elsewhere' }, isStored };
    const failed = Array.from({ length: n - k }, () => ({ ...at, holds: false }));
    return { tallies: { [name]: { k, n } }, failed, values: new Map() };
  };
  const always = (n: number) => Array.from({ length: 3 }, () => ({ relations: { [name]: { k: n, n } } }));

  it.each<[string, number, number, boolean, number, number]>([
    ['never agrees now', 0, 2, true, 4, 2],
    ['agrees now and then', 1, 3, true, 4, 0],
    ['did not often agree before', 0, 2, true, 2, 0],
    ['is no such value', 0, 2, false, 4, 0],
    ['was seen once', 0, 1, true, 4, 0],
  ])('%s', (_, k, n, isStored, before, count) => {
    expect(judgeRelations(seen(k, n, isStored), always(before))).toHaveLength(count);
  });

  it('that did not always agree before may be so by chance', () => {
    const known = [...always(4), { relations: { [name]: { k: 3, n: 4 } } }];
    expect(judgeRelations(seen(0, 2, true), known)).toEqual([]);
  });
});
