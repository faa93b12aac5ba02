import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { RunFolder } from './run-folder.ts';

/** Packs the ledger of a run that has ended. It is there whole at any time, plain or packed. */
export async function packLedger({ ledger }: RunFolder): Promise<void> {
  const [packed, part] = [`${ledger}.gz`, `${ledger}.gz.part`];
  try {
    await pipeline(createReadStream(ledger), createGzip(), createWriteStream(part, { mode: 0o600 }));
    await rename(part, packed);
    await rm(ledger);
  } finally {
    await rm(part, { force: true });
  }
}
