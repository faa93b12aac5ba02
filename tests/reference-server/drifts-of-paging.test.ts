import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { newest, turn } from './client.ts';
import { type DriftRow, expectDrift, type Look, listing, pageOf } from './drifting.ts';
import { visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
afterEach(() => {
  vi.useRealTimers();
});

const statusOf =
  (query: string): Look =>
  async (where) =>
    (await listing(where, query)).status;
const countOf =
  (query: string, prepared = 0): Look =>
  async (where) => {
    for (let count = 0; count < prepared; count++) await turn(server, 'A note', { role: 'agent' });
    return (await pageOf(where, query)).interactions.length;
  };
/** A page, and the one that its prevCursor leads to from the next page; of four conversations. */
const back =
  (limit: number): Look =>
  async (where) => {
    for (let count = 0; count < 2; count++) await turn(server, 'A note', { role: 'agent' });
    const first = await pageOf(where, `limit=${limit}`);
    const second = await pageOf(where, `limit=${limit}&cursor=${first.nextCursor}`);
    const third = await pageOf(where, `limit=${limit}&direction=previous&cursor=${second.prevCursor}`);
    const ids = first.interactions.map(({ id }) => id);
    return third.interactions.map(({ id }) => ids.indexOf(id));
  };

const PAGING: readonly DriftRow[] = [
  ['cursor-invalid-accepted', statusOf('cursor=x'), 400, 200],
  ['previous-ignored', back(2), [0, 1], [-1]],
  ['previous-gap', back(2), [0, 1], [0]],
  ['limit-zero-accepted', statusOf('limit=0'), 400, 200],
  ['limit-zero-accepted', statusOf('limit=-1'), 400, 400],
  ['limit-above-accepted', statusOf('limit=101'), 400, 200],
  ['limit-100-refused', statusOf('limit=100'), 200, 400],
  ['limit-100-refused', statusOf('limit=99'), 200, 200],
  ['limit-100-halved', countOf('limit=100', 60), 62, 50],
  ['list-names-ignored', countOf('source=widget,replay'), 0, 2],
  ['list-names-ignored', countOf('source=widget'), 0, 0],
  ['list-names-whole', countOf('source=widget,api'), 2, 0],
  ['list-names-whole', countOf('channel=chat,api'), 2, 0],
  ['list-names-first', countOf('source=widget&source=api'), 2, 0],
];

describe('pages', () => {
  it.each(PAGING.map((row) => [row[0], row] as const))('%s shows, and is not there without it', async (_id, row) => {
    await expectDrift(server, row);
  });
});

describe('a page that counts (L43)', () => {
  it('shows one again for each that came to the front', async () => {
    const where = await visit(server);
    server.configure({ drifts: { L43: 1 } });
    const first = await pageOf(where, 'limit=1');
    await turn(server, 'A note', { role: 'agent' });
    const second = await pageOf(where, `limit=1&cursor=${first.nextCursor}`);
    expect(second.interactions.map(({ id }) => id)).toEqual(first.interactions.map(({ id }) => id));
    const newer = await pageOf(where, `limit=1&direction=previous&cursor=${second.prevCursor}`);
    expect(newer.interactions.map(({ id }) => id)).toEqual([await newest(server)]);
  });
});
