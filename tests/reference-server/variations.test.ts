import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check } from '../../contracts/check.ts';
import { turnResponse } from '../../contracts/response.ts';
import { listDrifts, type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { type Reply, turn } from './client.ts';
import { RICH } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = { gzip: gunzipSync, br: brotliDecompressSync };

function judged({ status, headers, bytes }: Reply, content: string, role: string, sentAt: number) {
  const decoded = DECODERS[headers['content-encoding'] ?? '']?.(bytes) ?? bytes;
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const asked = { content, role, sentAt, settledAt: Date.now(), continued: false };
  return check(asked, turnResponse(status, plain, decoded.toString()));
}

/** Turns of each kind, often enough that a variation that draws lots shows its forms. */
const TURNS = ['Where is my order?', RICH, 'Thank you']
  .flatMap((content) => ['user', 'agent'].map((role) => ({ content, role })))
  .flatMap((one) => Array<typeof one>(4).fill(one));

const variations = listDrifts()
  .map(({ id }) => id)
  .filter((id) => id.startsWith('L'));

it.each(['none', ...variations])('the contract has nothing against turns with variation %s', async (id) => {
  server.configure({ drifts: id === 'none' ? {} : { [id]: 1 } });
  server.reset();
  for (const { content, role } of TURNS) {
    const sentAt = Date.now();
    expect(judged(await turn(server, content, { role }), content, role, sentAt)).toEqual([]);
  }
});

it('the contract has something against a drift', async () => {
  server.configure({ drifts: { M046: 1 } });
  const answer = await turn(server);
  expect(judged(answer, 'Where is my order?', 'user', Date.now())).not.toEqual([]);
});
