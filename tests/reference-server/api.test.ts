import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { AGENTS, type Call, CONVERSATIONS, call, conversationPath, events, newest, turn } from './client.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => server.reset());

const FIELDS = [
  'id',
  'createdAt',
  'role',
  'type',
  'message',
  'externalId',
  'externalCreatedAt',
  'csatRating',
  'feedback',
  'approved',
  'resolved',
  'attachments',
  'tags',
  'usedArticles',
];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe('a turn', () => {
  it('of a user is answered with the stored event and a reply, each with the 14 fields', async () => {
    const answer = await turn(server, ' Where is my order? <b>4711</b> ');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const [incoming, reply, ...more] = events(answer);
    expect(more).toEqual([]);
    expect(Object.keys(incoming ?? {})).toEqual(FIELDS);
    expect(Object.keys(reply ?? {})).toEqual(FIELDS);
    expect(incoming).toMatchObject({ role: 'user', type: 'message', message: ' Where is my order? <b>4711</b> ' });
    expect(reply).toMatchObject({ role: 'finibot', type: 'message' });
    expect(reply?.usedArticles.map(({ title }) => title)).toContain('Track your order');
    expect(reply?.createdAt).toBeGreaterThanOrEqual(incoming?.createdAt ?? Number.NaN);
  });

  it.each(['agent', 'finibot', 'otherbot'])('of role %s is stored and gets no reply', async (role) => {
    const answer = await turn(server, 'A note', { role });
    expect(events(answer)).toEqual([expect.objectContaining({ role, message: 'A note' })]);
  });

  it('without an interactionId starts a conversation, with one continues it', async () => {
    const first = events(await turn(server));
    await turn(server, 'Something else');
    const { json } = await call(server, { method: 'GET', path: CONVERSATIONS });
    const found = (json as { interactions: { id: string; events: { id: string }[] }[] }).interactions.find((one) =>
      one.events.some(({ id }) => id === first[0]?.id),
    );
    const second = await call(server, { body: { interactionId: found?.id, content: 'And now?' } });
    const whole = await call(server, { method: 'GET', path: conversationPath(found?.id ?? '') });
    expect((whole.json as { events: unknown[] }).events).toEqual([...first, ...events(second)]);
  });

  it('of an agent with tags carries them', async () => {
    const answer = await call(server, { body: { botId: server.taggedBotId, content: 'Hello' } });
    for (const event of events(answer)) expect(event.tags).toEqual(['billing', 'priority']);
  });

  it('merges metadata into the conversation', async () => {
    await turn(server, 'Hi', { metadata: { channel: 'chat', user_attributes: { email: 'a@example.com' }, x: [1] } });
    const interactionId = await newest(server);
    await call(server, { body: { interactionId, content: 'Hi', metadata: { user_attributes: { plan: 'pro' } } } });
    const { json } = await call(server, { method: 'GET', path: conversationPath(interactionId) });
    expect(json).toMatchObject({ channel: 'chat', userAttributes: { email: 'a@example.com', plan: 'pro' } });
  });
});

describe('refusals', () => {
  const content = 'Hello';
  const key = (name: keyof ReferenceServer['keys']) => `Bearer ${server.keys[name]}`;
  const get = (path: string): Call => ({ method: 'GET', path });
  const bulk = (ids: readonly unknown[]): Call => ({ method: 'DELETE', path: CONVERSATIONS, body: { ids } });
  it.each<[number, string, () => Call]>([
    [400, 'no content', () => ({ body: { botId: server.botId } })],
    [400, 'content of another type', () => ({ body: { botId: server.botId, content: 7 } })],
    [400, 'no id', () => ({ body: { content } })],
    [400, 'an unknown role', () => ({ body: { botId: server.botId, content, role: 'robot' } })],
    [400, 'metadata that is no object', () => ({ body: { botId: server.botId, content, metadata: [] } })],
    [400, 'an id of another type', () => ({ body: { botId: 7, content } })],
    [400, 'an array', () => ({ body: [] })],
    [400, 'malformed JSON', () => ({ body: '{"content": ' })],
    [400, 'bytes that are not UTF-8', () => ({ body: new Uint8Array([0x22, 0xff, 0x22]) })],
    [400, 'another media type', () => ({ body: { botId: server.botId, content }, contentType: 'text/plain' })],
    [400, 'no body', () => ({})],
    [413, 'a huge body', () => ({ body: { botId: server.botId, content: 'x'.repeat(5_000_000) } })],
    [401, 'no key', () => ({ body: { botId: server.botId, content }, authorization: null })],
    [401, 'no key and a malformed body', () => ({ body: '{', authorization: null })],
    [401, 'another scheme', () => ({ body: {}, authorization: `Basic ${server.keys.readWrite}` })],
    [401, 'an unknown key', () => ({ body: {}, authorization: 'Bearer fini_unknown' })],
    [401, 'a key in upper case', () => ({ body: {}, authorization: `Bearer ${server.keys.readWrite.toUpperCase()}` })],
    [401, 'a revoked key', () => ({ body: {}, authorization: key('revoked') })],
    [401, 'a key in the query', () => ({ ...get(`${AGENTS}?api_key=${server.keys.readWrite}`), authorization: null })],
    [403, 'a read key for a turn', () => ({ body: {}, authorization: key('read') })],
    [403, 'a read key for Delete', () => ({ ...get(CONVERSATIONS), method: 'DELETE', authorization: key('read') })],
    [403, 'a write key for List', () => ({ ...get(CONVERSATIONS), authorization: key('write') })],
    [500, 'an unknown agent', () => ({ body: { botId: NOWHERE, content } })],
    [500, "another workspace's agent", () => ({ body: { botId: server.foreignBotId, content } })],
    [500, 'an unknown conversation', () => ({ body: { interactionId: NOWHERE, content } })],
    [500, 'Get of an unknown conversation', () => get(conversationPath(NOWHERE))],
    [400, 'since after until', () => get(`${CONVERSATIONS}?since=2&until=1`)],
    [400, 'a window over 90 days', () => get(`${CONVERSATIONS}?since=0&until=${91 * 86_400_000}`)],
    [400, 'limit 0', () => get(`${CONVERSATIONS}?limit=0`)],
    [400, 'limit 101', () => get(`${CONVERSATIONS}?limit=101`)],
    [400, 'a broken cursor', () => get(`${CONVERSATIONS}?cursor=x`)],
    [400, 'an unknown direction', () => get(`${CONVERSATIONS}?direction=up`)],
    [400, 'a limit that is no number', () => get(`${CONVERSATIONS}?limit=ten`)],
    [400, 'Delete without ids', () => ({ method: 'DELETE', path: CONVERSATIONS, body: {} })],
    [400, 'Delete of 51', () => bulk(Array.from({ length: 51 }, (_, index) => NOWHERE.slice(0, 34) + (10 + index)))],
    [400, 'Delete of none', () => bulk([])],
    [400, 'Delete of one twice', () => bulk([NOWHERE, NOWHERE])],
    [400, 'Delete of what is no UUID', () => bulk([NOWHERE.slice(1)])],
    [400, 'Delete of a number', () => bulk([5])],
    [406, 'Delete of what is not there', () => bulk([NOWHERE])],
    [404, 'an unknown path', () => get('/v2/nothing')],
    [405, 'another method', () => ({ method: 'PATCH', path: CONVERSATIONS })],
    [405, 'a method without a body that needs one', () => ({ method: 'QUERY', path: conversationPath(NOWHERE) })],
  ])('%i for %s', async (status, _, request) => {
    const answer = await call(server, request());
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ statusCode: status, message: expect.any(String), error: expect.any(String) });
    expect(server.truth().events).toBe(0);
  });

  it("hides another workspace's conversations", async () => {
    await turn(server);
    const interactionId = await newest(server);
    const authorization = `Bearer ${server.keys.foreign}`;
    const body = { interactionId, content: 'Hello' };
    expect((await call(server, { body, authorization })).status).toBe(500);
    expect((await call(server, { ...get(conversationPath(interactionId)), authorization })).status).toBe(500);
    expect((await call(server, { ...get(CONVERSATIONS), authorization })).json).toMatchObject({ interactions: [] });
    const ids = [interactionId];
    const removed = await call(server, { method: 'DELETE', path: CONVERSATIONS, body: { ids }, authorization });
    expect(removed.status).toBe(406);
    const one = await call(server, { method: 'DELETE', path: conversationPath(interactionId), authorization });
    expect({ status: one.status, json: one.json }).toEqual({ status: 200, json: { success: true } });
    expect((await call(server, get(conversationPath(interactionId)))).status).toBe(200);
  });
});

describe('a server that resolves', () => {
  const withinMs = 60_000;
  const said = (email: string) => ({ metadata: { user_attributes: { email } } });
  const conversations = async (): Promise<number> => {
    const { json } = await call(server, { method: 'GET', path: CONVERSATIONS });
    return (json as { interactions: unknown[] }).interactions.length;
  };
  beforeEach(() => server.configure({ resolve: { withinMs } }));
  afterEach(() => server.configure({ resolve: null }));

  it('continues what the same customer said last, whatever the case of the address', async () => {
    await turn(server, 'One', said('a@example.com'));
    await turn(server, 'Two', said('A@Example.com'));
    expect(await conversations()).toBe(1);
    const path = conversationPath(await newest(server));
    expect((await call(server, { method: 'GET', path })).json).toMatchObject({ events: { length: 4 } });
    expect(server.turns().map(({ created }) => created)).toEqual([true, false]);
  });

  it.each<[string, object | undefined, () => unknown]>([
    ['of another customer', said('b@example.com'), () => undefined],
    ['without an address', undefined, () => undefined],
    ['after the window', said('a@example.com'), () => server.configure({ resolve: { withinMs: 0 } })],
    ['when it does not resolve', said('a@example.com'), () => server.configure({ resolve: null })],
    [
      'when that conversation is deleted',
      said('a@example.com'),
      async () => call(server, { method: 'DELETE', path: conversationPath(await newest(server)) }),
    ],
  ])('starts a conversation for a turn %s', async (_, more, change) => {
    await turn(server, 'One', said('a@example.com'));
    await change();
    await turn(server, 'Two', more);
    expect(server.turns().map(({ created }) => created)).toEqual([true, true]);
  });

  it('starts one for the same customer with another agent', async () => {
    await turn(server, 'One', said('a@example.com'));
    await turn(server, 'Two', { botId: server.taggedBotId, ...said('a@example.com') });
    expect(await conversations()).toBe(2);
  });
});
