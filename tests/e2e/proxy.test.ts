import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { environmentFor, fini, ledgerOf, scratch, sentOf, server, writeConfig } from './support.ts';

/** A proxy that wants a password, and remembers what went through it. */
async function proxy() {
  const seen: string[] = [];
  const listener = createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    const { host, port, pathname, search } = new URL(url);
    seen.push(`${method} ${pathname} ${headers['proxy-authorization'] ?? ''}`);
    const { 'proxy-authorization': _secret, ...rest } = headers;
    const options = { host: '127.0.0.1', port, method, path: `${pathname}${search}`, headers: { ...rest, host } };
    const onward = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  afterAll(() => listener.close());
  return { seen, host: `127.0.0.1:${(listener.address() as AddressInfo).port}` };
}

it('k6 and the harness take the same proxy, and neither shows its password', async () => {
  const reference = await server();
  const { seen, host } = await proxy();
  const cwd = scratch();
  const config = writeConfig(cwd, { continuation: { strategy: 'single' } });
  const env = {
    ...environmentFor(reference),
    // Nobody could resolve this name but the proxy.
    FINI_BASE_URL: reference.url.replace('127.0.0.1', 'fini.localhost'),
    HTTP_PROXY: `http://grace:hopper1906@${host}`,
  };
  const ended = await fini(['run', 'smoke', '--config', config, '--out', join(cwd, 'run')], { env, cwd });
  expect(ended.exitCode, String(ended.stderr)).toBe(0);
  expect(ended.stderr).toContain(`Through the proxy http://${host}.`);
  expect(`${ended.stderr}${ended.stdout}`).not.toContain('hopper1906');
  const credentials = `Basic ${Buffer.from('grace:hopper1906').toString('base64')}`;
  const turn = `POST /v2/hc-interactions/events/public ${credentials}`;
  expect(seen[0]).toBe(`GET /v2/bots/public ${credentials}`);
  expect(seen.filter((one) => one === turn)).toHaveLength(sentOf(ledgerOf(join(cwd, 'run'))).length);
  expect(reference.truth().turns.received).toBe(3);
});
