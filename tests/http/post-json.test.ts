import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressOf, postJson } from '../../scripts/http/post-json.ts';
import { deadUrl, receiver } from './receiver.ts';

const { signal } = new AbortController();
const post = (url: string, over: Partial<Parameters<typeof postJson>[1]> = {}) =>
  postJson(new URL(url), { body: { a: 'ü' }, timeoutMs: 60_000, signal, ...over });

describe('addressOf', () => {
  it.each(['', 'hooks.example/T0/secret', 'ftp://hooks.example/secret', 'https://me:secret@hooks.example/'])(
    'refuses %j without showing it',
    (text) => {
      const parse = () => addressOf('--notify', text);
      expect(parse).toThrow(
        expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^--notify: must /) }),
      );
      expect(parse).not.toThrow(/secret/);
    },
  );
});

describe('postJson', () => {
  it('sends JSON with the headers', async () => {
    const { url, received } = await receiver({ status: 202, body: 'taken' });
    expect(await post(`${url}/a?b=c`, { headers: { 'x-token': 't' } })).toEqual({ status: 202, text: 'taken' });
    expect(received).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/a?b=c',
        headers: expect.objectContaining({ 'x-token': 't', 'content-type': 'application/json' }),
        body: { a: 'ü' },
      }),
    ]);
  });

  it.each([
    [{ status: 403 }, 'HTTP 403'],
    [{ status: 500, body: 'x'.repeat(10) }, 'HTTP 500'],
    [{ status: 307, headers: { location: '/elsewhere' } }, 'HTTP 307, a redirect, which is not followed'],
  ])('%j is trouble', async (answer, trouble) => {
    const { url, received } = await receiver(answer);
    expect(await post(url)).toMatchObject({ status: answer.status, trouble });
    expect(received).toHaveLength(1);
  });

  it('says why there is no answer', async () => {
    expect(await post(await deadUrl())).toMatchObject({ status: 0, trouble: expect.stringContaining('ECONNREFUSED') });
  });

  it('gives up on one that stays silent, and at once when stopped', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await post(url, { timeoutMs: 50 })).toMatchObject({ status: 0, trouble: 'no answer within 0.05 s' });
    expect(await post(url, { signal: AbortSignal.abort(new Error('stopped')) })).toMatchObject({ trouble: 'stopped' });
    silent.closeAllConnections();
    silent.close();
  });

  it('reads no more of an answer than it needs', async () => {
    const { url } = await receiver({ body: 'x'.repeat(300_000) });
    expect((await post(url)).text).toHaveLength(100_000);
  });
});
