import { type FileHandle, open } from 'node:fs/promises';
import type { LedgerLine } from '../../contracts/generated/ledger.ts';
import { NEWLINE } from '../foundation/newline.ts';
import { ledgerLine, ledgerLines } from './ledger-lines.ts';

export interface LedgerTail {
  /** Reads what came since the last time. A file that is not there yet is empty. */
  readonly read: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const CHUNK_BYTES = 1 << 20;

/** Follows a ledger that grows: each whole line is read once. Lines that are no JSON are left to the analysis. */
export function ledgerTail(path: string, onLine: (line: LedgerLine) => void): LedgerTail {
  return path.endsWith('.gz') ? packedTail(path, onLine) : growingTail(path, onLine);
}

/** A packed ledger has come to its end. */
function packedTail(path: string, onLine: (line: LedgerLine) => void): LedgerTail {
  let isRead = false;
  return {
    read: async () => {
      if (isRead) return;
      isRead = true;
      for await (const line of ledgerLines(path)) onLine(line);
    },
    close: async () => undefined,
  };
}

function growingTail(path: string, onLine: (line: LedgerLine) => void): LedgerTail {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let file: FileHandle | undefined;
  let position = 0;
  // Bytes, not text: a chunk may end inside a character.
  let begun: Buffer[] = [];

  const take = (bytes: Buffer): void => {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      const line = begun.length === 0 ? bytes.toString('utf8', from, end) : joined(begun, bytes.subarray(from, end));
      begun = [];
      from = end + 1;
      const parsed = ledgerLine(line);
      if (parsed !== undefined) onLine(parsed);
    }
    if (from < bytes.length) begun.push(Buffer.from(bytes.subarray(from)));
  };

  return {
    read: async () => {
      file ??= await openIfThere(path);
      if (file === undefined) return;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        take(chunk.subarray(0, bytesRead));
      }
    },
    close: async () => file?.close(),
  };
}

const joined = (begun: readonly Buffer[], rest: Buffer): string => Buffer.concat([...begun, rest]).toString('utf8');

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
