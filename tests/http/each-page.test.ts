import { describe, expect, it } from 'vitest';
import type { ApiReply, ListQuery } from '../../scripts/http/api-client.ts';
import { eachPage } from '../../scripts/http/each-page.ts';

type Answer = number | { readonly ids: readonly string[]; readonly next?: string };

/** Walks a listing that gives these pages, by their cursors; the first one has none. */
async function walked(pages: Readonly<Record<string, Answer>>, isEnough: (id: string) => boolean = () => false) {
  const seen: string[] = [];
  const asked: string[] = [];
  const listConversations = async ({ cursor = 'first' }: ListQuery): Promise<ApiReply> => {
    asked.push(cursor);
    const page = pages[cursor] ?? 400;
    if (typeof page === 'number') return { status: page, body: {} };
    const interactions = page.ids.map((id) => (id === '' ? null : { id, events: [] }));
    return { status: 200, body: { interactions, hasMore: page.next !== undefined, nextCursor: page.next ?? null } };
  };
  const whole = await eachPage({ listConversations }, { since: 0, until: 1 }, (conversations) => {
    seen.push(...conversations.map(({ id }) => id));
    return seen.some(isEnough);
  });
  return { whole, seen, asked };
}

describe('eachPage', () => {
  it.each<[string, Readonly<Record<string, Answer>>, object]>([
    [
      'visits every page',
      { first: { ids: ['a', 'b'], next: '2' }, 2: { ids: ['c'] } },
      { seen: ['a', 'b', 'c'], whole: true },
    ],
    [
      'visits what a page shows again once',
      { first: { ids: ['a', 'b'], next: '2' }, 2: { ids: ['b', 'c'], next: '3' }, 3: { ids: ['c', 'a'] } },
      { seen: ['a', 'b', 'c'], whole: true },
    ],
    ['visits what one page has twice once', { first: { ids: ['a', 'a'] } }, { seen: ['a'], whole: true }],
    ['goes on after an empty page', { first: { ids: [], next: '2' }, 2: { ids: ['a'] } }, { seen: ['a'], whole: true }],
    [
      'is not whole where a page is refused',
      { first: { ids: ['a'], next: '2' }, 2: 500 },
      { seen: ['a'], whole: false },
    ],
    ['is not whole where a cursor is missing', { first: { ids: ['a'], next: '' } }, { seen: ['a'], whole: false }],
    [
      'is not whole where something listed is no conversation, and goes on',
      { first: { ids: ['a', ''], next: '2' }, 2: { ids: ['b'] } },
      { seen: ['a', 'b'], whole: false },
    ],
    [
      'leaves a circle of cursors',
      { first: { ids: ['a'], next: '2' }, 2: { ids: ['b'], next: '3' }, 3: { ids: ['c'], next: '2' } },
      { seen: ['a', 'b', 'c'], whole: false },
    ],
    ...[[], ['a']].map((ids): [string, Readonly<Record<string, Answer>>, object] => [
      `leaves a listing of ${ids.length} conversations that goes on for ever`,
      Object.fromEntries([
        ['first', { ids: ['a'], next: '1' }],
        ...Array.from({ length: 50 }, (_, index) => [index + 1, { ids, next: `${index + 2}` }]),
      ]),
      { seen: ['a'], whole: false, asked: expect.objectContaining({ length: 11 }) },
    ]),
  ])('%s', async (_, pages, expected) => expect(await walked(pages)).toMatchObject(expected));

  it('ends where the visitor has enough', async () => {
    const pages = { first: { ids: ['a'], next: '2' }, 2: { ids: ['b'], next: '3' }, 3: { ids: ['c'] } };
    expect(await walked(pages, (id) => id === 'b')).toMatchObject({ asked: ['first', '2'], whole: true });
  });
});
