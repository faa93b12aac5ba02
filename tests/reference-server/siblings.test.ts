import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { AGENTS, CONVERSATIONS, call, conversationPath, newest, turn } from './client.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => server.reset());

const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe('agents', () => {
  it("are the workspace's own, newest first", async () => {
    const { json } = await call(server, { method: 'GET', path: AGENTS });
    const agents = json as { id: string; createdAt: string }[];
    expect(agents.map(({ id }) => id)).toEqual([server.botId, server.taggedBotId]);
    expect([...agents].sort((a, b) => b.createdAt.localeCompare(a.createdAt))).toEqual(agents);
  });
});

describe('removing', () => {
  it('takes one conversation away, once', async () => {
    await turn(server);
    await turn(server);
    const path = conversationPath(await newest(server));
    for (const _ of ['there', 'gone']) {
      const { status, json } = await call(server, { method: 'DELETE', path });
      expect({ status, json }).toEqual({ status: 200, json: { success: true } });
      expect((await call(server, { method: 'GET', path })).status).toBe(500);
    }
    expect((await call(server, { method: 'GET', path: conversationPath(await newest(server)) })).status).toBe(200);
  });

  it.each([
    [200, 'what is there', (ids: string[]) => ids],
    [406, 'what is there and what is not, which takes away what is there', (ids: string[]) => [NOWHERE, ...ids]],
  ])('in bulk is %i for %s', async (status, _, named) => {
    for (let count = 0; count < 3; count++) await turn(server);
    const list = { method: 'GET', path: CONVERSATIONS };
    const listed = (await call(server, list)).json as { interactions: { id: string }[] };
    const [kept, ...ids] = listed.interactions.map(({ id }) => id);
    const removed = await call(server, { method: 'DELETE', path: CONVERSATIONS, body: { ids: named(ids) } });
    expect(removed.status).toBe(status);
    expect(removed.json).toMatchObject(status === 200 ? { success: true } : { statusCode: 406 });
    expect((await call(server, list)).json).toMatchObject({ interactions: [{ id: kept }] });
  });
});
