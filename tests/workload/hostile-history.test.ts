import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Arrivals } from '../../contracts/generated/arrivals.ts';
import { redact } from '../../contracts/redact.ts';
import type { ApiClient, ListQuery } from '../../scripts/http/api-client.ts';
import { modelPaths } from '../../scripts/run/workload/model-paths.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { bankOf } from '../../scripts/workload/bank.ts';
import { learn } from '../../scripts/workload/learn.ts';

const root = mkdtempSync(join(tmpdir(), 'hostile-history-'));
afterAll(() => rmSync(root, { recursive: true }));

const HOUR_MS = 3_600_000;
const NOW = Date.now();
const bank = bankOf(await readWorkload());

interface Page {
  readonly interactions: unknown;
  readonly hasMore?: boolean;
  readonly nextCursor?: string;
}

type PageOf = (cursor: string | undefined, number: number) => unknown;

/** Learns from pages, each of which is asked for by its cursor; a number in place of a page is a status. */
async function learnt(
  pageOf: PageOf,
  { maxRequests = 50, out = mkdtempSync(join(root, 'model-')), sinceMs = 24 * HOUR_MS } = {},
) {
  const counts = { list: 0 };
  const listConversations = ({ cursor }: ListQuery) => {
    counts.list += 1;
    const body = pageOf(cursor, counts.list);
    return Promise.resolve(typeof body === 'number' ? { status: body, body: undefined } : { status: 200, body });
  };
  const client = { counts, listConversations } as unknown as Pick<ApiClient, 'listConversations' | 'counts'>;
  const options = { baseUrl: 'http://127.0.0.1:1', sinceMs, agent: undefined, channel: undefined };
  await learn({ ...options, maxRequests, scripts: 100, seed: 1, out }, { client, bank, say: () => undefined, redact });
  const arrivals = JSON.parse(readFileSync(modelPaths(out).arrivals, 'utf8')) as Arrivals;
  const { conversations } = await readWorkload(modelPaths(out).workload);
  return { arrivals, scripts: conversations, requests: counts.list };
}

const message = (at: unknown, over: object = {}) => ({
  createdAt: at,
  role: 'user',
  message: 'Where is my parcel?',
  ...over,
});
const conversation = (id: string, events: unknown, over: object = {}) => ({ id, channel: 'chat', events, ...over });
const good = (id: string, hoursAgo = 3) => conversation(id, [message(NOW - hoursAgo * HOUR_MS)]);
const last = (...interactions: unknown[]): Page => ({ interactions, hasMore: false });

describe('a hostile history', () => {
  it('is counted by what is wrong with it', async () => {
    const { arrivals, scripts } = await learnt(() =>
      last(
        good('good'),
        ...[null, 7, 'text', [], {}, conversation('no-events', 'none'), conversation('null-event', [null])],
        ...[
          { ...good('x'), id: 7 },
          conversation('empty', []),
          conversation('bot', [message(NOW - HOUR_MS, { role: 'finibot' })]),
        ],
        ...[undefined, 'yesterday', null, -1, 0, 9e15, NOW + 24 * HOUR_MS, Number.NaN].map((at, index) =>
          conversation(`no-time-${index}`, [message(at)]),
        ),
      ),
    );
    expect(arrivals.conversations).toMatchObject({
      read: 19,
      started: 1,
      malformed: 8,
      withoutTimes: 8,
      withoutTurns: 2,
    });
    expect(scripts).toHaveLength(1);
  });

  it('has no negative pauses where clocks jump, and caps those that are too long', async () => {
    const at = NOW - 20 * HOUR_MS;
    const jumping = [5, 1, 9, 1].map((hours) => message(at + hours * HOUR_MS));
    const { arrivals, scripts } = await learnt(() => last(conversation('jumps', jumping)));
    expect(scripts[0]?.turns.map(({ thinkMs }) => thinkMs)).toEqual([undefined, 0, HOUR_MS, HOUR_MS]);
    expect(arrivals.shape.cappedPauses).toBe(2);
  });

  it('is short where its texts and conversations are huge', async () => {
    const huge = 'Where is my parcel? '.repeat(100_000);
    const events = Array.from({ length: 20_000 }, (_, index) =>
      message(NOW - 10 * HOUR_MS + index, { role: index % 2 === 0 ? 'agent' : 'finibot' }),
    );
    const { scripts } = await learnt(() =>
      last(conversation('huge', [message(NOW - 2 * HOUR_MS, { message: huge })]), conversation('agents', events)),
    );
    expect(scripts.map(({ turns }) => turns.length)).toEqual([1, 200]);
    expect(Math.max(...scripts.flatMap(({ turns }) => turns.map(({ content }) => content.length)))).toBeLessThan(
      40_000,
    );
  });

  it('counts a conversation of a repeated page once', async () => {
    const pages = (cursor: string | undefined): Page => ({
      interactions: [good('a'), good('b', 5)],
      hasMore: cursor !== 'c',
      nextCursor: { undefined: 'a', a: 'b', b: 'c' }[String(cursor)] ?? '',
    });
    expect((await learnt(pages)).arrivals.conversations).toMatchObject({ read: 8, started: 2, duplicates: 6 });
  });

  it.each<[string, object[], string | undefined]>([
    ['is younger than the window', [], 'history-starts'],
    ['had conversations before it', [good('old', 700)], undefined],
  ])('that %s is learnt from where it starts', async (_, before, code) => {
    const young = Array.from({ length: 60 }, (__, index) => good(`it-${index}`, 1.5 + index));
    const { arrivals } = await learnt(() => last(...young, ...before), { sinceMs: 28 * 24 * HOUR_MS });
    expect(arrivals.warnings.map((warning) => warning.code)).toEqual(code === undefined ? [] : [code]);
    expect(arrivals.hours.counts.length > 100).toBe(code === undefined);
  });

  it.each([
    ['itself', () => 'same'],
    ['a circle', (number: number) => `c${number % 7}`],
  ])('ends where a cursor leads to %s, and says so', async (_, cursorOf) => {
    const { arrivals, requests } = await learnt((__, number) => ({
      interactions: [good(`it-${number}`)],
      hasMore: true,
      nextCursor: cursorOf(number),
    }));
    expect(arrivals.warnings).toEqual([{ code: 'cursors-circle', from: arrivals.source.since }]);
    expect(requests).toBeLessThan(10);
  });

  it.each<[string, (number: number) => object[]]>([
    ['no conversation', () => []],
    ['the same conversation', () => [good('old')]],
    ['what is older than the window', (number) => [good(`old-${number}`, 100)]],
  ])('ends where page after page shows %s, and says so', async (_, more) => {
    const pages: PageOf = (__, number) => ({
      interactions: number === 1 ? [good('new')] : more(number),
      hasMore: true,
      nextCursor: `c${number}`,
    });
    const { arrivals, requests } = await learnt(pages, { maxRequests: 1_000 });
    expect(arrivals.warnings).toEqual([{ code: 'pages-in-vain', pages: 200, from: arrivals.source.since }]);
    expect(requests).toBeLessThan(210);
  });

  it.each([undefined, null, 7, ''])('says so where there is more, and the next cursor is %j', async (nextCursor) => {
    const { arrivals, requests } = await learnt(() => ({ interactions: [good('a')], hasMore: true, nextCursor }));
    expect(arrivals.warnings).toEqual([{ code: 'cursor-missing', from: arrivals.source.since }]);
    expect(requests).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => last()],
    ['conversations that may continue', () => last(good('fresh', 0.1))],
    ['a cursor that the service no longer knows', () => 400],
  ])('after %s, learning later starts anew', async (_, pageOf) => {
    const out = mkdtempSync(join(root, 'model-'));
    const halfWay: PageOf = (__, number) =>
      number === 1 ? { interactions: [], hasMore: true, nextCursor: 'next' } : 500;
    await expect(learnt(halfWay, { out })).rejects.toMatchObject({ exitCode: 8 });
    await expect(learnt(pageOf, { out })).rejects.toThrow();
    const asked: (string | undefined)[] = [];
    const later: PageOf = (cursor) => {
      asked.push(cursor);
      return last(good('later'));
    };
    await learnt(later, { out });
    expect(asked).toEqual([undefined]);
  });

  it.each<[string, PageOf, number, string]>([
    [
      'empty pages without end',
      (_, n) => ({ interactions: [], hasMore: true, nextCursor: `c${n}` }),
      6,
      '--max-requests is reached after 0 conversations',
    ],
    ['nothing', () => last(), 6, 'use a longer --since'],
    [
      'times in seconds and no turns',
      () => last(conversation('s', [message(NOW / 1000)]), conversation('e', []), 7, good('o', 99)),
      6,
      'none of 4 listed conversations is usable (1 started before --since, 1 without times in ms since 1970, 1 without a turn of a user, agent or other bot, 1 malformed)',
    ],
    ['no page', () => ({ conversations: [] }), 8, 'did not answer with a page after 0 conversations'],
    ['no object', () => 'Internal error', 8, 'did not answer with a page'],
  ])('%s ends with exit code %#', async (_, pageOf, exitCode, why) => {
    const error = await learnt(pageOf).catch((it: unknown) => it);
    expect(error).toMatchObject({ exitCode, message: expect.stringContaining(why) });
  });
});
