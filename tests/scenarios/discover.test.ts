import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';

interface FirstEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly latestAt: number;
}
type Discover = (event: FirstEvent, conversation: number) => Promise<string | undefined>;

/** What the service lists: conversations by event id, and whether it calls their source `api`. */
const world = vi.hoisted(() => ({
  urls: [] as URL[],
  lines: [] as LedgerLine[],
  listed: new Map<string, { readonly id: string; readonly source: string }>(),
  perPage: 100,
}));

vi.mock('k6/http', () => ({
  default: {
    asyncRequest: async (_method: string, address: string) => {
      const url = new URL(address);
      world.urls.push(url);
      const source = url.searchParams.get('source');
      const all = [...world.listed].filter(([, one]) => source === null || one.source === source);
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const to = from + world.perPage;
      const interactions = all.slice(from, to).map(([event, { id }]) => ({ id, events: [{ id: event }] }));
      const hasMore = to < all.length;
      const body = JSON.stringify({ interactions, hasMore, nextCursor: hasMore ? String(to) : null });
      return { status: 200, error_code: 0, error: '', timings: { duration: 1 }, body };
    },
  },
}));
vi.mock('../../scenarios/lanes/clock.ts', () => ({ sleepUntil: () => Promise.resolve() }));
vi.mock('../../scenarios/lanes/ledger.ts', () => ({ record: (line: LedgerLine) => void world.lines.push(line) }));
vi.mock('../../scenarios/lanes/plan.ts', () => ({
  apiKey: 'key',
  settings: { target: { baseUrl: 'http://service', botId: 'bot 1' }, timeoutMs: 1_000 },
}));

/** Not a literal: its types need k6's globals, which these tests do not have. */
const MODULE: string = '../../scenarios/lanes/discover.ts';
const { discoverer } = (await import(MODULE)) as { discoverer: (lane: number, until: number) => Discover };

const NEVER = Number.POSITIVE_INFINITY;
const EVENT: FirstEvent = { id: 'event', createdAt: 10_000, latestAt: 12_000 };
const asked = (name: string): (string | null)[] => world.urls.map((url) => url.searchParams.get(name));

describe('the look for a conversation', () => {
  beforeEach(() => {
    world.urls.splice(0);
    world.lines.splice(0);
    world.listed.clear();
    world.perPage = 100;
  });

  it('asks for what the API began alone, in a narrow window, of this agent', async () => {
    world.listed.set('event', { id: 'home', source: 'api' });
    expect(await discoverer(3, NEVER)(EVENT, 7)).toBe('home');
    expect(world.urls).toHaveLength(1);
    expect(Object.fromEntries(world.urls[0]?.searchParams ?? [])).toEqual({
      limit: '100',
      agentId: 'bot 1',
      since: '11980',
      until: '12020',
      source: 'api',
    });
    expect(world.lines).toMatchObject([{ kind: 'request', operation: 'list-conversations', lane: 3, conversation: 7 }]);
  });

  it('asks for all sources from the second look on, and in a wider window', async () => {
    world.listed.set('event', { id: 'home', source: 'widget' });
    expect(await discoverer(0, NEVER)(EVENT, 0)).toBe('home');
    expect(asked('source')).toEqual(['api', null]);
    expect([asked('since'), asked('until')]).toEqual([
      ['11980', '9800'],
      ['12020', '12200'],
    ]);
  });

  it('goes on page by page until it is found, and no further', async () => {
    for (const name of ['a', 'b', 'event', 'c', 'd']) world.listed.set(name, { id: `home of ${name}`, source: 'api' });
    world.perPage = 1;
    expect(await discoverer(0, NEVER)(EVENT, 0)).toBe('home of event');
    expect(asked('cursor')).toEqual([null, '1', '2']);
    expect(new Set(asked('source'))).toEqual(new Set(['api']));
  });

  it('ends where it is shown nowhere; after two in vain the next ones look twice', async () => {
    const discover = discoverer(0, NEVER);
    const looks: number[] = [];
    for (let conversation = 0; conversation < 3; conversation++) {
      const before = world.urls.length;
      expect(await discover({ ...EVENT, id: `event ${conversation}` }, conversation)).toBeUndefined();
      looks.push(world.urls.length - before);
    }
    expect(looks[0]).toBeGreaterThan(2);
    expect(looks).toEqual([looks[0], looks[0], 2]);
  });

  it('looks once where no further turn may follow', async () => {
    expect(await discoverer(0, 0)(EVENT, 0)).toBeUndefined();
    expect(world.urls).toHaveLength(1);
  });
});
