import { createServer as createHttp } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { connectionTrouble } from '../../scripts/foundation/connection-trouble.ts';
import { listening, server } from '../secrets/echo.ts';

async function troubleOf(url: string): Promise<string> {
  try {
    await fetch(url);
    return 'none';
  } catch (error) {
    return connectionTrouble(error);
  }
}

/** Answers every connection with these bytes. */
async function saying(bytes: string): Promise<string> {
  const raw = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.end(bytes);
  });
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  raw.unref();
  const address = raw.address();
  return typeof address === 'object' ? `127.0.0.1:${address?.port}` : '';
}

describe('connectionTrouble', () => {
  it('says in words that a port does not speak TLS', async () => {
    const url = await listening(server((_, response) => response.end()));
    const said = await troubleOf(url.replace('http:', 'https:'));
    expect(said).toBe('this port does not use TLS: the scheme https:// or the port is wrong');
    expect(await troubleOf(`https://${await saying('SSH-2.0-x\r\n')}`)).toBe(said);
  });

  it('never shows the text of OpenSSL', async () => {
    // A fatal alert of TLS 1.2: handshake failure.
    const said = await troubleOf(`https://${await saying('\x15\x03\x03\x00\x02\x02\x28')}`);
    expect(said).toMatch(/^the TLS connection failed \(.*alert handshake failure\)$/);
    expect(said).not.toMatch(/routines|\.c:/);
  });

  it('names the reason that a connection was not made', async () => {
    const closed = createHttp();
    const url = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await troubleOf(url)).toMatch(/ECONNREFUSED 127\.0\.0\.1/);
    // Of a name, each address fails by itself.
    expect(await troubleOf(url.replace('127.0.0.1', 'localhost'))).toMatch(/ECONNREFUSED/);
  });

  it.each([
    ['text', 'text'],
    [new Error('plain'), 'plain'],
    [new Error('', { cause: 'no error' }), 'Error'],
    [new TypeError('fetch failed', { cause: new Error('deep', { cause: new Error('deeper') }) }), 'deeper'],
    [new AggregateError([new Error('first'), new Error('second')]), 'first'],
    [new AggregateError([]), 'AggregateError'],
    [undefined, 'undefined'],
  ])('takes whatever was thrown: %s', (thrown, said) => {
    expect(connectionTrouble(thrown)).toBe(said);
  });
});
