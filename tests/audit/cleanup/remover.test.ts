import { describe, expect, it } from 'vitest';
import { remover } from '../../../scripts/audit/cleanup/remover.ts';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import type { ApiClient } from '../../../scripts/http/api-client.ts';

const IDS = ['a', 'b'];

/** A service that answers the bulk route with one status, and each removal with that of its id. */
function service(bulk: number, each: Readonly<Record<string, number>> = {}) {
  const asked: string[] = [];
  const client = {
    deleteConversations: async () => ({ status: bulk, body: undefined }),
    deleteConversation: async (id: string) => {
      asked.push(id);
      return { status: each[id] ?? 200, body: undefined };
    },
  } as unknown as ApiClient;
  return { asked, ...remover(client, 1) };
}

describe('remover', () => {
  it.each([
    { bulk: 200, each: {}, refused: [], singly: [] },
    { bulk: 406, each: {}, refused: [], singly: [] },
    { bulk: 500, each: {}, refused: [], singly: IDS },
    { bulk: 404, each: { b: 500 }, refused: ['b'], singly: IDS },
    { bulk: 0, each: { a: 0, b: 406 }, refused: IDS, singly: IDS },
  ])('together: $bulk, then $each', async ({ bulk, each, refused, singly }) => {
    const { asked, together } = service(bulk, each);
    expect(await together(IDS)).toEqual(refused);
    expect(asked).toEqual(singly);
  });

  it.each([
    [401, /refused \(401\)/],
    [403, /lacks the write scope \(403\)/],
  ])('ends where the key is refused: %i', async (status, message) => {
    const refusal = { exitCode: EXIT.unreachable, message: expect.stringMatching(message) };
    await expect(service(status).together(IDS)).rejects.toMatchObject(refusal);
    await expect(service(200, { a: status }).singly(IDS)).rejects.toMatchObject(refusal);
  });
});
