import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listFaults, type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { call, events, GENERATE, type Reply, turn } from './client.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => server.reset());

const on = (faults: Record<string, number | { rate: number; roles?: 'agent'[]; routes?: 'list-agents'[] }>) =>
  server.configure({ faults });
const lastTurn = () => server.turns().at(-1);

/** Id, status, events stored, and what is true of the answer. */
const ANSWERING: readonly [string, number, number, (answer: Reply) => boolean][] = [
  ...[400, 401, 403, 404, 406, 408, 409, 422, 429, 500, 502, 503, 504].map(
    (code): [string, number, number, (answer: Reply) => boolean] => [
      `status-${code}`,
      code,
      0,
      ({ json }) => (json as { statusCode: number }).statusCode === code,
    ],
  ),
  ['rate-limited', 429, 0, ({ headers }) => headers['retry-after'] === '1'],
  ['status-500-stored', 500, 2, ({ json }) => (json as { statusCode: number }).statusCode === 500],
  ['wrong-envelope', 500, 2, ({ json }) => !('statusCode' in (json as object))],
  ['gateway-page', 502, 0, ({ text, headers }) => text.startsWith('<html>') && headers['content-type'] === 'text/html'],
  ['content-type-wrong', 200, 2, ({ headers, json }) => headers['content-type'] === 'text/html' && Array.isArray(json)],
  ['content-type-missing', 200, 2, ({ headers, json }) => headers['content-type'] === undefined && Array.isArray(json)],
  ['html-200', 200, 2, ({ text }) => text.startsWith('<!doctype html>')],
  ['empty-body', 200, 2, ({ text }) => text === ''],
  ['oversized-body', 200, 2, ({ bytes }) => bytes.length > 50e6],
  ['gzip', 200, 2, ({ bytes }) => JSON.parse(gunzipSync(bytes).toString()).length === 2],
  ['gzip-broken', 200, 2, ({ headers, json }) => headers['content-encoding'] === 'gzip' && Array.isArray(json)],
  ['invalid-utf-8', 200, 2, ({ bytes }) => bytes.includes(0xff)],
  ['duplicate-keys', 200, 2, ({ text }) => text.split('"id":').length === 4],
];

describe('a fault that answers', () => {
  it.each(ANSWERING)('%s: %i, %i events stored', async (id, status, stored, shows) => {
    on({ [id]: 1 });
    const answer = await turn(server, 'Hello');
    expect(answer.status).toBe(status);
    expect(shows(answer)).toBe(true);
    expect(lastTurn()).toMatchObject({ status, bytes: answer.bytes.length, operators: [id] });
    expect(lastTurn()?.eventIds).toHaveLength(stored);
  });
});

describe('a fault of the connection', () => {
  it.each([
    ['reset-before', 0],
    ['reset-after', 2],
    ['half-body', 2],
  ])('%s breaks it, with %i events stored', async (id, stored) => {
    on({ [id]: 1 });
    await expect(turn(server)).rejects.toThrow();
    expect(lastTurn()).toMatchObject({ operators: [id], answeredAt: expect.any(Number) });
    expect(lastTurn()?.eventIds).toHaveLength(stored);
  });

  it.each([
    ['stalled-body', true],
    ['silence', false],
  ])('%s leaves it open', async (id, answers) => {
    on({ [id]: 1 });
    const sent = post();
    sent.on('error', () => undefined);
    const [response] = answers ? ((await once(sent, 'response')) as [IncomingMessage]) : [undefined];
    if (response !== undefined) {
      const [chunk] = (await once(response, 'data')) as [Buffer];
      expect(chunk.length).toBeLessThan(Number(response.headers['content-length']));
      expect(response.complete).toBe(false);
    }
    await expect.poll(() => server.truth().turns.settled).toBe(1);
    expect(sent.destroyed).toBe(false);
    sent.destroy();
    expect(lastTurn()).toMatchObject({ operators: [id], status: answers ? 200 : 0 });
  });

  it('trickle sends all of it, piece by piece', async () => {
    on({ trickle: 1 });
    const [response] = (await once(post(), 'response')) as [IncomingMessage];
    const sizes: number[] = [];
    for await (const chunk of response) {
      sizes.push((chunk as Buffer).length);
      if (sizes.length === 3) break;
    }
    expect(Math.max(...sizes)).toBeLessThan(Number(response.headers['content-length']) / 30);
  });

  function post() {
    const headers = { authorization: `Bearer ${server.keys.readWrite}`, 'content-type': 'application/json' };
    const sent = request(`${server.url}${GENERATE}`, { method: 'POST', agent: false, headers });
    sent.end(JSON.stringify({ botId: server.botId, content: 'Hello' }));
    return sent;
  }
});

describe('a switch', () => {
  const agents = () => call(server, { method: 'GET', path: '/v2/bots/public' });

  it('is for turns unless it names routes', async () => {
    on({ 'status-503': 1 });
    expect((await agents()).status).toBe(200);
    on({ 'status-503': { rate: 1, routes: ['list-agents'] } });
    expect((await agents()).status).toBe(503);
    expect((await turn(server)).status).toBe(200);
  });

  it('can be for some roles only', async () => {
    on({ 'status-503': { rate: 1, roles: ['agent'] } });
    expect((await turn(server)).status).toBe(200);
    expect((await turn(server, 'A note', { role: 'agent' })).status).toBe(503);
  });

  it('counts what it did', async () => {
    on({ 'status-503': 0.25 });
    const answers = await Promise.all(Array.from({ length: 400 }, () => turn(server)));
    const failed = answers.filter(({ status }) => status === 503).length;
    expect(server.truth()).toMatchObject({
      operators: { 'status-503': failed },
      requests: { 'generate-answer': { 200: 400 - failed, 503: failed } },
      events: 2 * (400 - failed),
    });
    // Binomial(400, 0.25): beyond these once in 10,000.
    expect(failed).toBeGreaterThan(66);
    expect(failed).toBeLessThan(136);
    expect(events(answers.find(({ status }) => status === 200) as Reply)).toHaveLength(2);
  });
});

it('late keeps a turn open', async () => {
  on({ late: 1 });
  const late = turn(server).catch(() => 'cut');
  await expect.poll(() => server.truth().turns.open).toBe(1);
  await turn(server, 'A note', { role: 'agent' });
  expect(server.truth().turns).toMatchObject({ received: 2, open: 1 });
  await server.close(0);
  expect(await late).toBe('cut');
  server = await startReferenceServer();
});

it('every fault has a test here', () => {
  const others = ['reset-before', 'reset-after', 'half-body', 'stalled-body', 'silence', 'trickle', 'late'];
  const tested = [...ANSWERING.map(([id]) => id), ...others];
  expect(tested.sort()).toEqual(
    listFaults()
      .map(({ id }) => id)
      .sort(),
  );
});
