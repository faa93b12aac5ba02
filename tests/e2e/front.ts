import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';

/** An answer on its way back. */
export interface Passing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What comes of an answer to a turn: another one, or these very bytes. `turn`: how many came before. */
export type Spoil = (answer: Passing, turn: number, key: string) => Partial<Passing> | { readonly raw: string };

const closers: (() => void)[] = [];
afterAll(() => {
  for (const close of closers.splice(0)) close();
});

const TURN = '/v2/hc-interactions/events/public';

/** Stands before a service, on a port of its own, and spoils its answers to turns. */
export async function front(service: ReferenceServer, spoil: Spoil): Promise<ReferenceServer> {
  let turns = 0;
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const authorization = headers.authorization ?? '';
    const body = await text(request);
    const answer = await fetch(`${service.url}${url}`, {
      method,
      redirect: 'manual',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === '' ? {} : { body }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    const passing = { status: answer.status, headers: { 'content-type': type }, body: await answer.text() };
    const spoilt = url === TURN ? spoil(passing, turns++, authorization.replace('Bearer ', '')) : {};
    if ('raw' in spoilt) {
      request.socket.end(spoilt.raw);
      return;
    }
    const { status, headers: given, body: sent } = { ...passing, ...spoilt };
    response.writeHead(status, given).end(sent);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ...service, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
