import { ledgerTail } from '../../ledger/ledger-tail.ts';

/** Ids of the conversations that a ledger shows as prepared, by their place in the pool; empty where one could not be. */
export async function preparedIds(ledger: string, poolSize: number): Promise<string[]> {
  const ids: string[] = Array.from({ length: poolSize }, () => '');
  const tail = ledgerTail(ledger, (line) => {
    if (line.kind === 'pooled' && line.interactionId !== undefined && line.pool < poolSize) {
      ids[line.pool] = line.interactionId;
    }
  });
  await tail.read();
  await tail.close();
  return ids;
}
