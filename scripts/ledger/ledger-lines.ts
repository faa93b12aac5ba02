import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import type { RunFolder } from './run-folder.ts';

/** The ledger of a run, plain or packed; undefined where there is neither. */
export const storedLedger = ({ ledger }: Pick<RunFolder, 'ledger'>): string | undefined =>
  [ledger, `${ledger}.gz`].find(existsSync);

/** What a ledger holds, unpacked where it is packed. */
export function ledgerBytes(path: string, highWaterMark?: number): Readable {
  const bytes = createReadStream(path, highWaterMark === undefined ? {} : { highWaterMark });
  if (!path.endsWith('.gz')) return bytes;
  const unpacked = createGunzip().on('close', () => bytes.destroy());
  bytes.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  return unpacked;
}

/** The lines of a ledger in their order. Those that are torn, or no ledger lines, are left out; unwanted ones are not parsed. */
export async function* ledgerLines(
  path: string,
  isWanted: (text: string) => boolean = () => true,
): AsyncGenerator<LedgerLine> {
  const input = ledgerBytes(path);
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = isWanted(text) ? ledgerLine(text) : undefined;
      if (line !== undefined) yield line;
    }
  } finally {
    input.destroy();
  }
}

/** Undefined for a text that is no line of a ledger. */
export function ledgerLine(text: string): LedgerLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as LedgerLine) : undefined;
  } catch {
    return undefined;
  }
}
