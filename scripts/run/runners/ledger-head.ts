import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { LaneStart, LedgerLine } from '../../../contracts/generated/ledger.ts';

/** What the beginning of a ledger says of who wrote it. */
export interface LedgerHead {
  readonly path: string;
  readonly starts: readonly LaneStart[];
  /** It shows no turn at all: its lanes refused to send, or never came to it. */
  readonly isSilent: boolean;
}

/** Reads a ledger, plain or gzip, up to its first turn: lanes start before they send. */
export async function ledgerHead(path: string): Promise<LedgerHead> {
  const bytes = createReadStream(path);
  const input = path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  const starts: LaneStart[] = [];
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = parsed(text);
      if (line?.kind === 'lane-start') starts.push(line);
      if (line?.kind === 'sent' || line?.kind === 'settled') return { path, starts, isSilent: false };
    }
  } finally {
    bytes.destroy();
  }
  return { path, starts, isSilent: true };
}

function parsed(text: string): LedgerLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as LedgerLine) : undefined;
  } catch {
    return undefined;
  }
}
