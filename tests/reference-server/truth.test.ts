import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReferenceServer, startReferenceServer, type TurnTruth } from '../../scripts/reference-server/index.ts';
import { call, events, turn } from './client.ts';

let server: ReferenceServer;
beforeEach(async () => {
  server = await startReferenceServer({ service: { law: 'exponential', meanMs: 20 }, parallel: 4 });
});
afterEach(() => server.close(0));

const lines = ({ text }: { text: string }): TurnTruth[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('the truth of a turn', () => {
  it('tells what was received, stored and answered', async () => {
    const content = 'Wo ist mein Päckchen?';
    const answer = await turn(server, content, { metadata: {} });
    const [told, ...more] = server.turns();
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      turn: 0,
      role: 'user',
      created: true,
      contentChars: content.length,
      contentHash: createHash('sha256').update(content).digest('hex').slice(0, 16),
      status: 200,
      bytes: answer.bytes.length,
      eventIds: events(answer).map(({ id }) => id),
      abandoned: false,
      operators: [],
    });
    expect(told?.endedAt).toBeCloseTo((told?.beganAt ?? 0) + (told?.serviceMs ?? 0), 2);
  });

  it('has its times in order, and the queue of the model exactly', async () => {
    await Promise.all(Array.from({ length: 200 }, () => turn(server)));
    const turns = [...server.turns()].sort((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0));
    expect(turns).toHaveLength(200);
    // Kiefer-Wolfowitz: each begins when it has come and the first of the four is free.
    const free = [0, 0, 0, 0];
    for (const { receivedAt, beganAt, endedAt, answeredAt, waitingMs } of turns) {
      const queuedAt = (beganAt ?? 0) - waitingMs;
      expect(queuedAt).toBeGreaterThanOrEqual(receivedAt);
      free.sort((a, b) => a - b);
      expect(beganAt).toBeCloseTo(Math.max(queuedAt, free[0] ?? 0), 2);
      expect(answeredAt).toBeGreaterThanOrEqual((endedAt ?? 0) - 1);
      free[0] = endedAt ?? 0;
    }
  });

  it('says so when the client has gone', async () => {
    // Long against the steps of a poll, so that the client goes before its answer comes.
    server.configure({ service: { law: 'constant', meanMs: 500 } });
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${server.keys.readWrite}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ botId: server.botId, content: 'Never mind' });
    const path = '/v2/hc-interactions/events/public';
    const sent = fetch(`${server.url}${path}`, { method: 'POST', headers, body, signal: gone.signal });
    const outcome = sent.catch(() => 'gone');
    await expect.poll(() => server.truth().events + server.truth().turns.open, { interval: 5 }).toBeGreaterThan(0);
    gone.abort();
    expect(await outcome).toBe('gone');
    await expect.poll(() => server.truth().turns.settled).toBe(1);
    expect(server.turns()[0]).toMatchObject({ abandoned: true });
    expect(server.turns()[0]?.eventIds).toHaveLength(2);
  });
});

describe('the routes of the truth', () => {
  it('give a summary and every turn', async () => {
    await Promise.all(Array.from({ length: 600 }, () => turn(server, 'A note', { role: 'agent' })));
    await call(server, { body: {} });
    const summary = await call(server, { method: 'GET', path: '/__truth', authorization: null });
    expect(summary.json).toEqual(JSON.parse(JSON.stringify(server.truth())));
    expect(summary.json).toMatchObject({
      requests: { 'generate-answer': { 200: 600, 400: 1 } },
      turns: { received: 601, settled: 601, stored: 600, open: 0, forgotten: 0 },
      events: 600,
    });
    const all = await call(server, { method: 'GET', path: '/__truth.ndjson', authorization: null });
    expect(lines(all)).toEqual(JSON.parse(JSON.stringify(server.turns())));
  });

  it('remember as many as they may, and count the rest', async () => {
    await server.close(0);
    server = await startReferenceServer({ keepTurns: 10 });
    for (let index = 0; index < 35; index++) await turn(server, 'A note', { role: 'agent' });
    expect(server.turns().map((told) => told.turn)).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33, 34]);
    expect(server.truth().turns).toMatchObject({ received: 35, settled: 35, forgotten: 25 });
  });

  it('follow what happens', async () => {
    const [response] = (await once(get(`${server.url}/__truth.ndjson?follow`), 'response')) as [IncomingMessage];
    const answers = [await turn(server), await turn(server)];
    const followed: TurnTruth[] = [];
    for await (const line of createInterface({ input: response })) {
      followed.push(JSON.parse(line));
      if (followed.length === answers.length) break;
    }
    response.destroy();
    expect(followed.map(({ eventIds }) => eventIds)).toEqual(
      answers.map((answer) => events(answer).map(({ id }) => id)),
    );
  });
});

describe('control', () => {
  const put = (body: unknown, token = server.controlToken) =>
    call(server, { method: 'PUT', path: '/__control', body, authorization: `Bearer ${token}` });

  it('needs its own token', async () => {
    expect((await put({ reset: true }, server.keys.readWrite)).status).toBe(401);
    expect((await put({ reset: true })).status).toBe(200);
  });

  it('changes options while the server runs, and tells them', async () => {
    const changed = await put({ service: { law: 'constant', meanMs: 0 }, drifts: { M091: 1 } });
    expect(changed.json).toMatchObject({ parallel: 4, drifts: { M091: { rate: 1 } } });
    expect((await turn(server)).status).toBe(201);
    expect((await put({ drifts: null })).json).toMatchObject({ drifts: {} });
    expect((await turn(server)).status).toBe(200);
  });

  it('refuses what makes no sense, and changes nothing', async () => {
    const refused = await put({ parallel: 2, drifts: { M0911: 1 } });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('M091');
    expect(
      (await call(server, { method: 'GET', path: '/__control', authorization: `Bearer ${server.controlToken}` })).json,
    ).toMatchObject({ parallel: 4, drifts: {} });
  });

  it('resets: the same requests get the same ids and service times again', async () => {
    const round = async () => {
      const answers = [
        await turn(server),
        await turn(server, 'A note', { role: 'agent' }),
        await turn(server, 'Refund?'),
      ];
      const ids = answers.flatMap((answer) => events(answer).map(({ id, message }) => `${id} ${message}`));
      return [ids, server.turns().map(({ serviceMs }) => serviceMs.toFixed(2))];
    };
    const first = await round();
    await put({ reset: true });
    expect(server.truth().turns.received).toBe(0);
    expect(await round()).toEqual(first);
    await put({ reset: true, seed: 2 });
    expect(await round()).not.toEqual(first);
  });
});
