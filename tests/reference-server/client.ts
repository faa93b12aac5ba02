import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ReferenceServer } from '../../scripts/reference-server/index.ts';

/** An answer as it came. `json` is undefined where the text is no JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: unknown;
}

export interface Call {
  readonly method?: string;
  readonly path?: string;
  /** Sent as it is when it is a string or bytes, as JSON otherwise. */
  readonly body?: unknown;
  /** `null`: no Authorization header. Default: the read-write key. */
  readonly authorization?: string | null;
  readonly contentType?: string;
}

export const GENERATE = '/v2/hc-interactions/events/public';
export const CONVERSATIONS = '/v2/hc-interactions/public';
export const AGENTS = '/v2/bots/public';
export const conversationPath = (id: string): string => `/v2/hc-interactions/${id}/public`;

const agent = new Agent({ keepAlive: true });

/** Sends one request and reads the answer as it is: no redirect, no decompression. Rejects when the connection breaks. */
export async function call(server: ReferenceServer, call: Call = {}): Promise<Reply> {
  const { method = 'POST', path = GENERATE, body, authorization, contentType = 'application/json' } = call;
  const raw =
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  const sent = request(`${server.url}${path}`, {
    method,
    agent,
    headers: {
      ...(authorization === null ? {} : { authorization: authorization ?? `Bearer ${server.keys.readWrite}` }),
      ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': raw.length }),
    },
  });
  // A server may answer before it has read all, and close.
  sent.on('error', () => undefined);
  sent.end(raw);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  const text = bytes.toString();
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text, json: parsed(text) };
}

/** A turn that starts a conversation with the main agent. */
export function turn(server: ReferenceServer, content = 'Where is my order?', more: object = {}): Promise<Reply> {
  return call(server, { body: { botId: server.botId, content, ...more } });
}

export interface AnEvent extends Record<string, unknown> {
  readonly id: string;
  readonly createdAt: number;
  readonly role: string;
  readonly message: string;
  readonly usedArticles: { id: string; title: string; documentUrl: string | null }[];
}

export const events = ({ json }: Reply): AnEvent[] => json as AnEvent[];

/** The newest conversation's id. */
export async function newest(server: ReferenceServer): Promise<string> {
  const { json } = await call(server, { method: 'GET', path: `${CONVERSATIONS}?limit=1` });
  const id = (json as { interactions: { id: string }[] }).interactions[0]?.id;
  if (id === undefined) throw new Error('There is no conversation.');
  return id;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
