import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Asked, Stranger, Told } from './mutation.ts';

/** A proxy on loopback in front of a service, which makes one stranger's changes. */
export interface Proxy {
  readonly url: string;
  /** Answers that it changed. */
  acted(): number;
  close(): Promise<void>;
}

export async function startProxy(target: string, { ask, tell }: Stranger): Promise<Proxy> {
  const memory = new Map<string, unknown>();
  let acted = 0;
  const server = createServer(async (request, response) => {
    const sent = await text(request);
    const asked = askedOf(request, sent);
    const other = ask?.(asked, memory);
    const told = await forward(
      target,
      request,
      other?.path,
      other?.body === undefined ? sent : JSON.stringify(other.body),
    );
    const before = JSON.stringify(told);
    tell?.(told, asked, memory);
    if (other !== undefined || JSON.stringify(told) !== before) acted += 1;
    const body = told.raw ?? (told.body === undefined ? '' : JSON.stringify(told.body));
    response.writeHead(told.status, told.headers).end(body);
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

function askedOf({ method = 'GET', url = '/', headers }: IncomingMessage, sent: string): Asked {
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

function operationOf(method: string, path: string): Asked['operation'] {
  if (path === '/v2/hc-interactions/events/public') return method === 'POST' ? 'turn' : 'other';
  if (path === '/v2/bots/public') return 'agents';
  if (method === 'DELETE') return 'delete';
  return path === '/v2/hc-interactions/public' ? 'list' : 'get';
}

async function forward(target: string, request: IncomingMessage, path = request.url ?? '/', body = ''): Promise<Told> {
  const { authorization, 'content-type': type } = request.headers;
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
  const said = await answer.text();
  const kept = ['content-type', 'date'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: answer.status, headers: Object.fromEntries(kept), body: parsed(said) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
