import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A server on loopback until the end of the test; its base URL. */
export async function listening(server: Server, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a service that gives keys away does with one. */
export type Echo = (key: string) => string;

/**
 * Stands before a service and gives away the key of every request: in headers, at the end of every reply, and in a body of
 * its own for what fails.
 */
export function echoing(service: string, echo: Echo): RequestListener {
  return async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const authorization = headers.authorization ?? '';
    const key = authorization.replace(/^\w+ /, '');
    const body = await text(request);
    const answer = await fetch(`${service}${url}`, {
      method,
      redirect: 'manual',
      headers: { authorization, 'content-type': headers['content-type'] ?? 'application/json' },
      ...(body === '' ? {} : { body }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    const given = { 'content-type': type, 'x-echo': echo(key), 'www-authenticate': `Bearer realm="${key}"` };
    response.writeHead(answer.status, given);
    response.end(answer.ok ? withKey(await answer.text(), echo(key)) : JSON.stringify({ [key]: echo(key) }));
  };
}

/** The last event of an answer to a turn says the key, too. */
function withKey(body: string, given: string): string {
  const value: unknown = JSON.parse(body);
  const last: unknown = Array.isArray(value) ? value.at(-1) : undefined;
  if (typeof last !== 'object' || last === null || !('message' in last)) return body;
  // Such an id breaks the contract: the ledger keeps what came instead.
  Object.assign(last, { message: `${last.message} ${given}`, externalId: { [given]: given } });
  return JSON.stringify(value);
}

export const server = (listener: RequestListener): Server => createServer(listener);
