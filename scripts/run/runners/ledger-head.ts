import type { LaneStart } from '../../../contracts/generated/ledger.ts';
import { type HarnessError, usageError } from '../../foundation/errors.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { ledgerLines } from '../../ledger/ledger-lines.ts';

/** What the beginning of a ledger says of who wrote it. */
export interface LedgerHead {
  readonly path: string;
  readonly starts: readonly LaneStart[];
  /** It shows no turn at all: its lanes refused to send, or never came to it. */
  readonly isSilent: boolean;
}

/** Of one that is packed and torn, for example. */
export const unreadable = (path: string, error: unknown): HarnessError =>
  usageError(`cannot read ${path}: ${readTrouble(error)}: copy it again`, { cause: error });

/** Reads a ledger, plain or gzip, up to its first turn: lanes start before they send. */
export async function ledgerHead(path: string): Promise<LedgerHead> {
  const starts: LaneStart[] = [];
  try {
    for await (const line of ledgerLines(path)) {
      // One without is no line of a ledger.
      if (line.kind === 'lane-start' && typeof line.runId === 'string') starts.push(line);
      if (line.kind === 'sent' || line.kind === 'settled') return { path, starts, isSilent: false };
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return { path, starts, isSilent: true };
}
