import type { LaneStart } from '../../../contracts/generated/ledger.ts';
import { ledgerLines } from '../../ledger/ledger-lines.ts';

/** What the beginning of a ledger says of who wrote it. */
export interface LedgerHead {
  readonly path: string;
  readonly starts: readonly LaneStart[];
  /** It shows no turn at all: its lanes refused to send, or never came to it. */
  readonly isSilent: boolean;
}

/** Reads a ledger, plain or gzip, up to its first turn: lanes start before they send. */
export async function ledgerHead(path: string): Promise<LedgerHead> {
  const starts: LaneStart[] = [];
  for await (const line of ledgerLines(path)) {
    if (line.kind === 'lane-start') starts.push(line);
    if (line.kind === 'sent' || line.kind === 'settled') return { path, starts, isSilent: false };
  }
  return { path, starts, isSilent: true };
}
