import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ledgerTail } from '../../ledger/ledger-tail.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { tally } from '../../ledger/snapshot.ts';
import type { TurnCount } from '../plan/turn-budget.ts';

/**
 * Turns that the ledgers of a folder, and of the folders in it, show as sent; those that never had a connection are not
 * among them. Undefined where there is no ledger, so that nobody knows.
 */
export async function sentTurns(folder: string): Promise<TurnCount | undefined> {
  const name = basename(runFolder(folder).ledger);
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const ledgers = files.filter((file) => basename(file) === name);
  if (ledgers.length === 0) return undefined;
  let [turns, users] = [0, 0];
  for (const ledger of ledgers) {
    const { add, snapshot } = tally();
    const tail = ledgerTail(join(folder, ledger), add);
    await tail.read();
    await tail.close();
    const { sent, spent, errors } = snapshot(0);
    turns += sent - (errors.get('unsent') ?? 0);
    users += spent;
  }
  return { turns, users };
}
