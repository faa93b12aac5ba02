import pMap from 'p-map';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { ApiClient } from '../../http/api-client.ts';

/** Removes conversations; returns those whose removal was refused. */
export type Remove = (ids: readonly string[]) => Promise<readonly string[]>;

/** Some were not accessible; the others are gone. */
const PARTLY_DONE = 406;

/**
 * Two ways to remove at most `BULK_LIMIT` conversations: by one request, or one by one.
 * @throws HarnessError (8) where the key may not
 */
export function remover(
  client: ApiClient,
  concurrency: number,
): { readonly together: Remove; readonly singly: Remove } {
  const singly: Remove = async (ids) => {
    const remove = async (id: string): Promise<string[]> => {
      const { status } = await client.deleteConversation(id);
      refuseKey(status);
      return status >= 200 && status < 300 ? [] : [id];
    };
    return (await pMap(ids, remove, { concurrency })).flat();
  };
  return {
    singly,
    together: async (ids) => {
      const { status } = await client.deleteConversations(ids);
      refuseKey(status);
      // What was not accessible is gone already, or is seen when it is looked at again.
      return status === 200 || status === PARTLY_DONE ? [] : singly(ids);
    },
  };
}

function refuseKey(status: number): void {
  if (status === 401) throw new HarnessError(EXIT.unreachable, 'the API key is refused (401): the cleanup stopped');
  if (status !== 403) return;
  throw new HarnessError(EXIT.unreachable, 'the API key lacks the write scope (403), which removal needs');
}
