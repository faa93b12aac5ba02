import type { ServerResponse } from 'node:http';

/** An answer before it is sent. `body` is any JSON value; undefined sends none. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[]>;
  body: unknown;
}

export function jsonAnswer(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** The body as it goes over the wire. */
export function serialise(answer: Answer): string {
  return answer.body === undefined ? '' : JSON.stringify(answer.body);
}

/** Sends an answer in one piece. */
export function send(response: ServerResponse, answer: Answer, body: string | Buffer): void {
  if (body.length > 0) answer.headers['content-length'] ??= String(Buffer.byteLength(body));
  else delete answer.headers['content-type'];
  response.writeHead(answer.status, answer.headers);
  response.end(body);
}
