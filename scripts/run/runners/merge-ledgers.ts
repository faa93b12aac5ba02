import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redact } from '../../../contracts/redact.ts';
import type { RunFacts } from '../../analysis/metrics/run-facts.ts';
import { NEWLINE } from '../../foundation/newline.ts';
import { ledgerBytes, storedLedger } from '../../ledger/ledger-lines.ts';
import { type RunFolder, runFolder, writeJson } from '../../ledger/run-folder.ts';
import { unreadable } from './ledger-head.ts';
import { mergeRunnerFacts } from './merge-facts.ts';

/** Where the runners of a run on this machine write. */
export const runnersIn = (folder: RunFolder): string => join(folder.path, 'runners');

/** The folder of one of them; 0 prepares conversations for all. */
export const runnerFolder = (folder: RunFolder, runner: number): RunFolder =>
  runFolder(join(runnersIn(folder), String(runner)));

/**
 * Makes one ledger, and one record of facts, of what the runners of a run have left in its folder; nothing where there is
 * none. A process that dies meanwhile leaves both, and the next one does it again.
 */
export async function mergeRunners(folder: RunFolder, redact: Redact): Promise<void> {
  const entries = await readdir(runnersIn(folder)).catch(() => []);
  const runners = entries
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
  if (runners.length === 0) return;
  const folders = runners.map((runner) => runnerFolder(folder, runner));
  // A runner that never began to write has none, and the report says so.
  await mergeLedgers(
    folders.flatMap((runner) => storedLedger(runner) ?? []),
    folder.ledger,
  );
  const facts = await Promise.all(
    folders.filter((_, index) => runners[index] !== 0).map(({ facts }) => readFacts(facts)),
  );
  await writeJson(folder.facts, mergeRunnerFacts(facts), redact);
  await rm(runnersIn(folder), { recursive: true, force: true });
}

/** A runner that dies with the harness leaves none. */
async function readFacts(path: string): Promise<RunFacts> {
  return readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as RunFacts,
    () => ({}),
  );
}

/** Writes ledgers, plain or gzip, one after the other to one file, which is there whole or not at all. */
export async function mergeLedgers(ledgers: readonly string[], to: string): Promise<void> {
  const unfinished = `${to}.merging`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    for (const ledger of ledgers) await append(ledger, file).catch((error) => fail(ledger, error));
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** What cannot be unpacked is to be copied again; a full disk is another matter. */
function fail(ledger: string, error: NodeJS.ErrnoException): never {
  throw error.code?.startsWith('Z_') ? unreadable(ledger, error) : error;
}

const CHUNK_BYTES = 1 << 20;

/** A runner that was killed may have left half a line: the next ledger begins on one of its own. */
async function append(ledger: string, to: FileHandle): Promise<void> {
  let last = NEWLINE;
  for await (const chunk of ledgerBytes(ledger, CHUNK_BYTES)) {
    const { length } = chunk as Buffer;
    await to.writeFile(chunk as Buffer);
    last = (chunk as Buffer)[length - 1] ?? last;
  }
  if (last !== NEWLINE) await to.writeFile('\n');
}
