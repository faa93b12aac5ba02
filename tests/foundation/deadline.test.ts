import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { deadline } from '../../scripts/foundation/deadline.ts';

const PATIENCE_MS = 200;

/** Takes out the garbage all the time, as a busy process does now and then. */
function takeOutGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const timer = setInterval(collect, PATIENCE_MS / 10);
  onTestFinished(() => clearInterval(timer));
}

async function silentUrl(): Promise<string> {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('ends a request that is never answered, whatever the garbage collection does', async () => {
  const url = await silentUrl();
  takeOutGarbage();
  // Nothing but the request knows the signal.
  const ask = () => fetch(url, { signal: deadline(PATIENCE_MS, new AbortController().signal).signal });
  await expect(ask()).rejects.toThrow('no answer within 0.2 s');
});

it('ends with what it stands beside', async () => {
  const other = new AbortController();
  const { signal, clear } = deadline(60_000, other.signal);
  other.abort(new Error('stopped'));
  clear();
  expect(signal.reason).toEqual(new Error('stopped'));
});
