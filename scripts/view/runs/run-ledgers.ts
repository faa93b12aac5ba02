import { lstat, readdir } from 'node:fs/promises';
import { storedLedger } from '../../ledger/ledger-lines.ts';
import { runFolder } from '../../ledger/run-folder.ts';
import { runnerFolder, runnersIn } from '../../run/runners/merge-ledgers.ts';

/** The ledgers of a run: one a runner until they are merged, else its own. Links among the runners are not followed. */
export async function runLedgers(path: string): Promise<string[]> {
  const folder = runFolder(path);
  const runners = (await isReal(runnersIn(folder), 'isDirectory')) ? await readdir(runnersIn(folder)) : [];
  const numbers = runners.filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const ledgers: string[] = [];
  for (const number of numbers.sort((a, b) => a - b)) {
    const runner = runnerFolder(folder, number);
    if ((await isReal(runner.path, 'isDirectory')) && (await isReal(runner.ledger, 'isFile')))
      ledgers.push(runner.ledger);
  }
  const own = storedLedger(folder);
  return ledgers.length > 0 || own === undefined ? ledgers : [own];
}

const isReal = (path: string, kind: 'isFile' | 'isDirectory'): Promise<boolean> =>
  lstat(path).then(
    (found) => found[kind](),
    () => false,
  );
