import { existsSync } from 'node:fs';
import { runFolder } from '../../ledger/run-folder.ts';
import { Refusal } from '../refusal.ts';
import { versionOf } from '../runs/file-version.ts';
import { runLedgers } from '../runs/run-ledgers.ts';
import { openTurnStore, type TurnStore } from './turn-store.ts';

export interface TurnStores {
  readonly open: (folder: string) => Promise<TurnStore>;
  readonly close: () => Promise<void>;
}

interface Opened {
  /** What it was made from, as it was then. */
  readonly version: string;
  readonly at: number;
  readonly store: Promise<TurnStore>;
}

/** So many runs stay open. */
const MOST_OPEN = 3;
/** The turns of a run that goes on are read anew no more often than this. */
const FRESH_MS = 5_000;

/** Opens the turns of runs as they are looked at, and keeps the latest few open. */
export function turnStores(): TurnStores {
  const opened = new Map<string, Opened>();
  let closing: Promise<unknown> = Promise.resolve();
  const drop = (folder: string): void => {
    const store = opened.get(folder)?.store;
    opened.delete(folder);
    if (store !== undefined) closing = Promise.allSettled([closing, store.then((open) => open.close())]);
  };
  return {
    open: async (folder) => {
      const { version, ledgers } = await sourceOf(folder);
      const known = opened.get(folder);
      if (known !== undefined && (known.version === version || Date.now() - known.at < FRESH_MS)) return known.store;
      drop(folder);
      const store = openTurnStore(folder, ledgers);
      opened.set(folder, { version, at: Date.now(), store });
      store.catch(() => opened.delete(folder));
      const [oldest] = opened.keys();
      if (opened.size > MOST_OPEN && oldest !== undefined) drop(oldest);
      return store;
    },
    close: async () => {
      for (const folder of [...opened.keys()]) drop(folder);
      await closing;
    },
  };
}

/** Parquet where a run has ended, else its ledgers as far as they have come. */
async function sourceOf(folder: string): Promise<{ version: string; ledgers: readonly string[] }> {
  const { parquet } = runFolder(folder);
  if (existsSync(parquet)) return { version: await versionOf([parquet]), ledgers: [] };
  const ledgers = await runLedgers(folder);
  if (ledgers.length === 0) throw new Refusal(404, 'This run has no ledger of turns.');
  return { version: await versionOf(ledgers), ledgers };
}
