import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { CONVERSATIONS, call, turn } from './client.ts';

interface Page {
  readonly interactions: { id: string; createdAt: number; channel: string; events: { createdAt: number }[] }[];
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

const COUNT = 7;
let server: ReferenceServer;
let ids: string[];

beforeAll(async () => {
  server = await startReferenceServer();
  for (let index = 0; index < COUNT; index++) {
    await turn(server, `Question ${index}`, { metadata: { channel: index % 2 === 0 ? 'chat' : 'mail' } });
  }
  ids = (await page('')).interactions.map(({ id }) => id);
});
afterAll(() => server.close(0));

async function page(query: string): Promise<Page> {
  const answer = await call(server, { method: 'GET', path: `${CONVERSATIONS}?${query}` });
  expect(answer.status).toBe(200);
  return answer.json as Page;
}

/** All pages from a query on, in one direction. */
async function walk(query: string, direction: 'next' | 'previous', from = ''): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null = from; cursor !== null && pages.length < 10; ) {
    const current: Page = await page(`${query}&direction=${direction}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    pages.push(current);
    cursor = direction === 'next' ? current.nextCursor : current.prevCursor;
  }
  return pages;
}

const idsOf = (pages: readonly Page[]) => pages.flatMap(({ interactions }) => interactions.map(({ id }) => id));

describe('List conversations', () => {
  it('shows the newest first', async () => {
    const { interactions, hasMore, nextCursor, prevCursor } = await page('');
    expect(interactions).toHaveLength(COUNT);
    expect([...interactions].sort((a, b) => b.createdAt - a.createdAt)).toEqual(interactions);
    expect({ hasMore, nextCursor, prevCursor }).toEqual({ hasMore: false, nextCursor: null, prevCursor: null });
  });

  it('shows first what has the latest message, and takes windows by it', async () => {
    const oldest = ids.at(-1) ?? '';
    const { createdAt = 0 } = (await page('')).interactions.at(-1) ?? {};
    await call(server, { body: { interactionId: oldest, content: 'And another thing' } });
    ids = [oldest, ...ids.slice(0, -1)];
    const { interactions } = await page('');
    expect(interactions.map(({ id }) => id)).toEqual(ids);
    const latest = interactions[0]?.events.at(-1)?.createdAt ?? 0;
    const within = async (since: number, until: number) => idsOf([await page(`since=${since}&until=${until}`)]);
    expect(await within(latest, latest + 1)).toContain(oldest);
    expect(latest).toBeGreaterThan(createdAt);
    expect(await within(createdAt - 1, createdAt)).not.toContain(oldest);
  });

  it('misses what moves to the front while its pages are read, and shows nothing twice', async () => {
    const first = await page('limit=3');
    await call(server, { body: { interactionId: ids.at(-1), content: 'Wait' } });
    const rest = await walk('limit=3', 'next', first.nextCursor ?? '');
    expect(idsOf([first, ...rest])).toEqual(ids.slice(0, -1));
    ids = [ids.at(-1) ?? '', ...ids.slice(0, -1)];
  });

  it.each([1, 2, 3, 6, 7, 100])('shows each once in pages of %i', async (limit) => {
    const pages = await walk(`limit=${limit}`, 'next');
    expect(idsOf(pages)).toEqual(ids);
    expect(pages.map(({ hasMore }) => hasMore)).toEqual(pages.map((_, index) => index < pages.length - 1));
  });

  it('goes back to newer ones', async () => {
    const last = (await walk('limit=2', 'next')).at(-1);
    const back = await walk('limit=2', 'previous', last?.prevCursor ?? undefined);
    expect(back.map((one) => idsOf([one]))).toEqual([
      [ids[4], ids[5]],
      [ids[2], ids[3]],
      [ids[0], ids[1]],
    ]);
  });

  it('keeps to a channel, a source, an agent and a window', async () => {
    expect((await page('channel=mail')).interactions.map(({ channel }) => channel)).toEqual(['mail', 'mail', 'mail']);
    expect((await page('channel=mail,chat')).interactions).toHaveLength(COUNT);
    expect((await page('source=widget')).interactions).toEqual([]);
    expect((await page('source=widget,api')).interactions).toHaveLength(COUNT);
    expect((await page('source=widget&source=api')).interactions).toHaveLength(COUNT);
    expect((await page('channel=mail&channel=none,chat')).interactions).toHaveLength(COUNT);
    expect((await page(`agentId=${server.taggedBotId}`)).interactions).toEqual([]);
    expect((await page(`agentId=${server.botId}`)).interactions).toHaveLength(COUNT);
    const createdAt = (await page('')).interactions[2]?.events.at(-1)?.createdAt ?? 0;
    const inWindow = (await page(`since=${createdAt}&until=${createdAt + 1}`)).interactions;
    expect(inWindow.map(({ id }) => id)).toContain(ids[2]);
    expect((await page(`since=${createdAt - 10_000}&until=${createdAt - 5_000}`)).interactions).toEqual([]);
  });
});
