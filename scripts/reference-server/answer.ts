import type { ServerResponse } from 'node:http';

/** An answer before it is sent. `body` is any JSON value; undefined sends none. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: unknown;
}

/** What went over the wire: status 0 for no answer. */
export interface Sent {
  readonly status: number;
  readonly bytes: number;
}

/** The connection is silent, or broken. */
export const NOTHING: Sent = { status: 0, bytes: 0 };

export function jsonAnswer(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** The body as it goes over the wire. */
export function serialise(answer: Answer): string {
  return answer.body === undefined ? '' : JSON.stringify(answer.body);
}

/** Sends an answer in one piece. */
export function send(response: ServerResponse, answer: Answer, body: string | Buffer): Sent {
  const bytes = Buffer.byteLength(body);
  if (bytes === 0) delete answer.headers['content-type'];
  else if (!('transfer-encoding' in answer.headers)) answer.headers['content-length'] ??= String(bytes);
  response.writeHead(answer.status, answer.headers);
  response.end(body);
  return { status: answer.status, bytes };
}
