import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiClient, apiClient } from '../../scripts/http/api-client.ts';

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that gives these answers, the last one for ever, and what it was asked. */
async function service(...answers: ((response: ServerResponse) => void)[]) {
  const seen: Seen[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method, url, headers } = request;
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push({ line: `${method} ${url}`, authorization: headers.authorization, body: await text(request) });
    answer?.(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, baseUrl, client: apiClient({ baseUrl }, 'key', new AbortController().signal) };
}

const answer =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(JSON.stringify(body));
const later = { 'retry-after': '0' };
const endless = (response: ServerResponse) => {
  const blanks = Buffer.alloc(1_000_000, ' ');
  const write = (): void => {
    while (!response.destroyed && response.write(blanks));
  };
  response.on('drain', write);
  write();
};
const garbled = (response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain');

describe('apiClient', () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['a body', answer(200), ''],
    ['an error', answer(500), ' (HTTP 500)'],
    ['no JSON', (response) => response.end('<html>'), ' (HTTP 200 without JSON)'],
    ['another coding than it says', garbled, ' (incorrect header check)'],
    ['a body that never ends', endless, ' (the answer is longer than 32 MB)'],
  ])('keeps why %s could not be used', async (_what, given, trouble) => {
    const { client } = await service(given);
    await client.deleteConversation('a');
    expect(client.trouble()).toBe(trouble);
  });

  const calls: [string, (client: ApiClient) => Promise<unknown>, string, string][] = [
    ['Get', (it) => it.getConversation('a/b'), 'GET /v2/hc-interactions/a%2Fb/public', ''],
    [
      'List',
      (it) => it.listConversations({ since: 1.5, until: 2.5, agentId: 'bot', cursor: 'c=' }),
      'GET /v2/hc-interactions/public?limit=100&since=1&until=3&agentId=bot&cursor=c%3D&direction=next',
      '',
    ],
    [
      'List of a source',
      (it) => it.listConversations({ since: 1, until: 2, source: 'api' }),
      'GET /v2/hc-interactions/public?limit=100&since=1&until=2&source=api',
      '',
    ],
    ['Delete', (it) => it.deleteConversation('a'), 'DELETE /v2/hc-interactions/a/public', ''],
    ['bulk delete', (it) => it.deleteConversations(['a']), 'DELETE /v2/hc-interactions/public', '{"ids":["a"]}'],
  ];
  it.each(calls)('%s is the documented request', async (_, call, line, body) => {
    const { client, seen } = await service(answer(200));
    await call(client);
    expect(seen).toEqual([{ line, body, authorization: 'Bearer key' }]);
  });

  it.each([
    [200, 1],
    [500, 1],
    [404, 1],
    [401, 1],
    [429, 3],
    [503, 3],
  ])('a read that is answered with %i is sent %i times', async (status, times) => {
    const { client, seen } = await service(answer(status, {}, later));
    expect(await client.getConversation('a')).toMatchObject({ status });
    expect(seen).toHaveLength(times);
  });

  it.each([
    [429, later, 5, 5],
    [429, {}, 5, 0],
    [503, later, 5, 5],
    [503, {}, 3, 0],
    [500, later, 1, 0],
  ])('with further pauses for a limiter, %i with %j is sent %i times', async (status, headers, times, waits) => {
    const { seen, baseUrl } = await service(answer(status, {}, headers));
    const waited: number[] = [];
    const patience = { limitedMs: [0, 0], longestWaitMs: 1, onWait: (ms: number) => waited.push(ms) };
    const client = apiClient({ baseUrl }, 'key', new AbortController().signal, patience);
    expect(await client.getConversation('a')).toMatchObject({ status });
    expect(seen).toHaveLength(times);
    expect(waited).toHaveLength(Math.max(0, waits - 1));
  });

  it('Retry-After as a date counts from the clock of the service', async () => {
    // On the clock of this machine, or by the usual pauses, ten reads would take longer than a test may.
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const { client, seen } = await service(answer(503, {}, { date, 'retry-after': date }));
    for (let read = 0; read < 10; read++) expect(await client.getConversation('a')).toMatchObject({ status: 503 });
    expect(seen).toHaveLength(30);
  });

  it('a read that is answered at last is answered', async () => {
    const { client } = await service(answer(503, {}, later), answer(200, { id: 'a' }));
    expect(await client.getConversation('a')).toMatchObject({ status: 200, body: { id: 'a' } });
  });

  it('a service that never answers is not asked for ever', async () => {
    const { client, seen } = await service(answer(503, {}, later));
    for (let read = 0; read < 20; read++) expect((await client.getConversation('a')).status).not.toBe(200);
    expect(seen).toHaveLength(30);
    expect(await client.getConversation('a')).toMatchObject({
      status: 0,
      failure: expect.stringContaining('not sent'),
    });
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['answer', () => undefined],
    ['body', (response) => response.writeHead(200).write('[')],
  ])('a read without the end of its %s is given up, not tried again, and six are enough', async (_, given) => {
    const { baseUrl, seen } = await service((response) => void given(response));
    const client = apiClient({ baseUrl }, 'key', new AbortController().signal, { timeoutMs: 20 });
    expect(await client.deleteConversation('a')).toMatchObject({ status: 0 });
    for (let read = 0; read < 8; read++) expect(await client.getConversation('a')).toMatchObject({ status: 0 });
    expect(seen.length).toBeLessThanOrEqual(1 + 6);
  });

  it('a deletion is never sent again', async () => {
    const { client, seen } = await service(answer(503, {}, later));
    await client.deleteConversation('a');
    await client.deleteConversations(['a']);
    expect(seen).toHaveLength(2);
  });

  it('a deletion that was refused for its rate waits and is sent again', async () => {
    const { client, seen } = await service(answer(429, {}, later), answer(200, { success: true }));
    expect(await client.deleteConversation('a')).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(2);
  });

  it('deletions that come to nothing end, and reads go on', async () => {
    const { client, seen } = await service(...new Array(30).fill(answer(429, {}, later)), answer(200, { id: 'a' }));
    for (let deletion = 0; deletion < 20; deletion++) await client.deleteConversation('a');
    expect(seen).toHaveLength(30);
    expect(await client.getConversation('a')).toMatchObject({ status: 200 });
  });

  it('the key does not follow a redirect', async () => {
    const { client, seen } = await service(answer(307, {}, { location: '/elsewhere' }), answer(200));
    expect(await client.getConversation('a')).toMatchObject({ status: 307 });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['a connection that breaks', (response: ServerResponse) => response.socket?.destroy(), 0],
    ['no JSON', (response: ServerResponse) => response.end('<html>'), 200],
  ])('%s is data', async (_, misbehave, status) => {
    const { client } = await service((response) => void misbehave(response));
    expect(await client.deleteConversation('a')).toMatchObject({ status, body: undefined });
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const client = apiClient({ baseUrl: 'http://127.0.0.1:9' }, 'key', stop.signal);
    stop.abort();
    await expect(client.getConversation('a')).rejects.toThrow();
  });
});
