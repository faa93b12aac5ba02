import type { ServerResponse } from 'node:http';
import { type Answer, NOTHING, type Sent } from '../../answer.ts';
import { eachReply, make } from '../edit.ts';

const OVERSIZED_CHARS = 50 * 1024 * 1024;
const PIECES = 40;
const PIECE_MS = 250;

/** Breaks the connection with a reset in place of an end. */
export function reset(response: ServerResponse): Sent {
  response.socket?.resetAndDestroy();
  return NOTHING;
}

/** Keeps the connection open and says nothing. */
export function silence(): Sent {
  return NOTHING;
}

/** Promises the whole body, sends half and closes; or ends the connection in another way. */
export function half(
  response: ServerResponse,
  answer: Answer,
  body: string | Buffer,
  end: (response: ServerResponse) => unknown = (open) => open.socket?.destroy(),
): Sent {
  return startWith(response, answer, body, () => end(response));
}

/** Announces a chunk, sends half of it and closes. */
export function chunkCut(response: ServerResponse, { status, headers }: Answer, body: string | Buffer): Sent {
  const bytes = Buffer.from(body);
  const first = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.writeHead(status, { ...headers, 'transfer-encoding': 'chunked' }).flushHeaders();
  response.socket?.write(`${bytes.length.toString(16)}\r\n`);
  response.socket?.write(first, () => response.socket?.destroy());
  return { status, bytes: first.length };
}

/** Promises the whole body, sends half and stops. */
export function stalled(response: ServerResponse, answer: Answer, body: string | Buffer): Sent {
  return startWith(response, answer, body, () => undefined);
}

/** Sends the body piece by piece. */
export function trickle(response: ServerResponse, answer: Answer, body: string | Buffer): Sent {
  const bytes = Buffer.from(body);
  const size = Math.ceil(bytes.length / PIECES);
  let sent = 0;
  head(response, answer, bytes);
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + size));
    sent += size;
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, PIECE_MS);
  response.once('close', () => clearInterval(timer));
  return { status: answer.status, bytes: bytes.length };
}

/** A reply of 50 MB. */
export const oversized = eachReply(make('message', (message) => String(message).padEnd(OVERSIZED_CHARS, ' and so on')));

function startWith(response: ServerResponse, answer: Answer, body: string | Buffer, then: () => void): Sent {
  const bytes = Buffer.from(body);
  const first = bytes.subarray(0, Math.floor(bytes.length / 2));
  head(response, answer, bytes);
  response.write(first, then);
  return { status: answer.status, bytes: first.length };
}

function head(response: ServerResponse, { status, headers }: Answer, bytes: Buffer): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
}
