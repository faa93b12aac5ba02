import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { AGENTS_PATH, CONVERSATIONS_PATH, EVENTS_PATH } from '../../../../contracts/paths.ts';
import type { ChangedRequest, Mutation, ProxyRequest, ProxyResponse } from './mutation.ts';

/** A proxy on loopback in front of a service, which makes one mutation's changes. */
export interface Proxy {
  readonly url: string;
  /** Answers that it changed. */
  acted(): number;
  close(): Promise<void>;
}

export async function startProxy(
  target: string,
  { changeRequest, changeResponse }: Pick<Mutation, 'changeRequest' | 'changeResponse'>,
): Promise<Proxy> {
  const memory = new Map<string, unknown>();
  let acted = 0;
  const server = createServer(async (incoming, outgoing) => {
    const sent = await text(incoming);
    const request = proxyRequestOf(incoming, sent);
    const other = changeRequest?.(request, memory);
    const response = await forward(target, incoming, sent, other);
    const before = JSON.stringify(response);
    changeResponse?.(response, request, memory);
    if (other !== undefined || JSON.stringify(response) !== before) acted += 1;
    if (response.delayMs !== undefined) await setTimeout(response.delayMs);
    const body = response.raw ?? (response.body === undefined ? '' : JSON.stringify(response.body));
    if (response.ends === undefined) outgoing.writeHead(response.status, response.headers).end(body);
    else breakOff(outgoing, response, Buffer.from(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acted: () => acted,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Half of the answer, or nothing of it, and the end of the connection. */
function breakOff(outgoing: ServerResponse, { status, headers, ends }: ProxyResponse, body: Buffer): void {
  const { socket } = outgoing;
  if (ends === 'nothing' || socket === null) return void outgoing.destroy();
  const length = ends === 'chunk' ? {} : { 'content-length': body.length };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.write(body.subarray(0, body.length / 2), () => (ends === 'reset' ? socket.resetAndDestroy() : socket.end()));
}

function proxyRequestOf({ method = 'GET', url = '/', headers }: IncomingMessage, sent: string): ProxyRequest {
  const { pathname, searchParams } = new URL(url, 'http://proxy');
  return {
    method,
    operation: operationOf(method, pathname),
    path: pathname,
    query: searchParams,
    authorization: headers.authorization ?? '',
    body: parsed(sent),
  };
}

function operationOf(method: string, path: string): ProxyRequest['operation'] {
  if (path === EVENTS_PATH) return method === 'POST' ? 'turn' : 'other';
  if (path === AGENTS_PATH) return 'agents';
  if (method === 'DELETE') return 'delete';
  return path === CONVERSATIONS_PATH ? 'list' : 'get';
}

async function forward(
  target: string,
  request: IncomingMessage,
  sent: string,
  other: ChangedRequest = {},
): Promise<ProxyResponse> {
  const { path = request.url ?? '/', authorization = request.headers.authorization } = other;
  const body = other.body === undefined ? sent : JSON.stringify(other.body);
  const type = request.headers['content-type'];
  const sentAt = performance.now();
  const answer = await fetch(`${target}${path}`, {
    method: request.method ?? 'GET',
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(type === undefined ? {} : { 'content-type': type }),
      'accept-encoding': 'identity',
    },
    ...(body === '' ? {} : { body }),
    redirect: 'manual',
  });
  const received = await answer.text();
  const headers = ['content-type', 'date'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body: parsed(received),
    tookMs: performance.now() - sentAt,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
